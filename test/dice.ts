/**
 * Loaded before every test file of `npm test`: the same dice on every machine, so that a run that passes passes again,
 * and one that fails can be looked into. `npm run test:dice` throws others; a test file run by itself throws its own.
 */
import fc from 'fast-check';

const seed = process.env.FOOTHOLD_SEED;
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
