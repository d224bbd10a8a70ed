// local-slack's page draws no feedback buttons: here each pair becomes two plain ones, with the same values.
// Slack itself draws them. Bodies reach it as JSON, or as forms and frames that it parses (see workspace.py).
const toButtons = ({ action_id, positive_button, negative_button }) =>
  [["yes", positive_button], ["no", negative_button]].map(([name, button]) => (
    { type: "button", action_id: `${action_id}_${name}`, text: button.text, value: button.value }
  ));

const redraw = (part) => {
  if (Array.isArray(part)) return part.map(redraw);
  if (part === null || typeof part !== "object") return part;
  if (part.type === "context_actions") return { type: "actions", elements: part.elements.flatMap(toButtons) };
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, redraw(value)]));
};

const mayHold = (text) => String(text).includes("context_actions");

const { parse } = JSON;
JSON.parse = (text, reviver) => (mayHold(text) ? redraw(parse(text, reviver)) : parse(text, reviver));
Request.prototype.json = async function json() {
  return JSON.parse(await this.text());
};
