/** How people are told that a posting's relevance is in doubt. */
export const UNSURE_TEXT = 'Check the posting: it may not be a job outside patient care';
