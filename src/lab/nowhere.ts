/** A place that no law in the book speaks of. */
export const NOWHERE = 'xx';
