import type { Evidence } from '../classification.ts';

/** A value with the words it was read from and the rule that read them; readers return null when the text does not say. */
export type Finding<T> = { readonly value: T; readonly evidence: Evidence[]; readonly rule?: string };
