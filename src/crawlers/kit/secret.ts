/**
 * Stands for a secret setting inside a request: `${USAJOBS_KEY}`. Adapters and the registry never hold the secret itself; whoever sends the
 * request puts it in at the last moment, so that no log, recording or error shows it.
 */
export function secretNamed(setting: string): string {
  return ['$', '{', setting, '}'].join('');
}
