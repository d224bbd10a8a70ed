// Ends local-slack when the process that started it is gone, however it went, and takes its folder along.
// That process holds the other end of standard input; FAULTBOOK_DEMO_FOLDER is the folder (see workspace.py).
import { rmSync } from "node:fs";

process.on("exit", () => rmSync(process.env.FAULTBOOK_DEMO_FOLDER, { recursive: true, force: true }));
process.stdin.on("end", () => process.exit(0)).resume();
