const WORDS: Record<string, string> = {
  not_listed: 'the employer’s list no longer has it',
  source_says_gone: 'the employer’s site says it is gone',
  source_removed: 'its source is no longer read',
  expired: 'the date until which it was open has passed',
};

/** Why a posting is closed, as one clause for people. */
export function closedWords(reason: string | null): string {
  return WORDS[reason ?? ''] ?? 'it is no longer open';
}
