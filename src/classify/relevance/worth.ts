import { linearFile } from '../learned/linear-file.ts';

/**
 * What a title speaks for when only a list was read: to `read` the page behind it, or to `leave` it. How much louder "leave" has to be is in the
 * bias: tools/fit-worth.ts sets it by the titles that must not be lost.
 */
export const WORTH = ['read', 'leave'] as const;
export const worthFile = linearFile('worth.yaml', WORTH);
