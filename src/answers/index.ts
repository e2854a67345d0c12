/** The answers put together as every face gives them: the JSON here is what `--json` writes and the API returns. */

export { provisionJson, provisionRow } from './law-json.ts';
export { answerPlan, type PlanAnswer, streamAnswers, type WalkedPlan } from './plan-answer.ts';
export { planJson } from './plan-json.ts';
export { stayJson, stayRulesNamed } from './stay.ts';
