/** The lines of a JSON Lines file. */
export const parse = <T>(content: string): T[] =>
  content
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as T);
