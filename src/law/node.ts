/** The law of a clone, read from its YAML folder and checked: for programs with a file system only. */
export { type LawReading, type LawText, lawDigest, lawTexts, readLaw } from './read.ts';
