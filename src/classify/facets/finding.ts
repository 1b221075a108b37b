import type { Evidence } from '../classification.ts';

/** A value with the words it was read from; readers return null when the text does not say. */
export type Finding<T> = { readonly value: T; readonly evidence: Evidence[] };
