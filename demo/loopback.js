// Keeps local-slack to this machine: it would listen on every interface, and it takes any token.
// Loaded before it by BUN_OPTIONS=--preload (see workspace.py); tests/demo/test_workspace.py looks at the sockets.
const serve = Bun.serve;
Bun.serve = (options) => serve({ ...options, hostname: "127.0.0.1" });
