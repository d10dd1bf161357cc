// Prints what Google's CSP Evaluator says of each policy on standard input (a JSON list), worst first.
import { readFileSync } from "node:fs";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { CspParser } from "csp_evaluator/dist/parser.js";

const policies = JSON.parse(readFileSync(0, "utf8"));
const findings = policies.flatMap((policy) => new CspEvaluator(new CspParser(policy).csp).evaluate());
const said = findings.map(({ severity, directive, description }) => ({ severity, directive, description }));
console.log(JSON.stringify(said.sort((one, other) => one.severity - other.severity)));
