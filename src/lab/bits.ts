/** Answers as two bits, "may hold" and "surely holds": `&` is "and", `|` is "or", as in the rules' kernels. */
import type { Tri } from '../rules/ir.ts';

export const NO = 0;
export const UNKNOWN = 1;
export const YES = 3;

export const bitsOf = (t: Tri): number => (t === undefined ? UNKNOWN : t ? YES : NO);

/** The denial of an answer: 0 ↔ 3; unknown stays. */
export const DENIED = Uint8Array.of(3, 1, 2, 0);
