/** Below this share of right answers (docs/accuracy.md has the table) two careful readers could well decide differently. */
const SURE = 0.7;

/** Whether people should be told to look for themselves if a posting is a job outside patient care. */
export function isUnsure({ confidence }: { confidence: number | null }): boolean {
  return confidence !== null && confidence < SURE;
}

/** How they are told. */
export const UNSURE_TEXT = 'Check the posting: it may not be a job outside patient care';
