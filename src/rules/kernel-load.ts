/**
 * Runs a kernel's text at once: for tests, benches and builds. Never imported by what a page ships, where the text
 * comes as a file: this is the only place of the program that makes code from text at run time.
 */
import type { Columns } from './columns.ts';
import type { Kernel } from './kernel.ts';

export type KernelFunction = (cols: Columns, from: number, to: number, out: Uint8Array) => void;

/** The function of a kernel. */
export function loadKernel(kernel: Pick<Kernel, 'text'>): KernelFunction {
  return new Function(`'use strict';\n${kernel.text}\nreturn kernel;`)() as KernelFunction;
}
