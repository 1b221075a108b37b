import { describe, expect, it } from 'vitest';
import { readBoards, unlettered } from '../../../tools/boards.ts';

describe('written boards to learn from', () => {
  const lines = readBoards().flatMap(board => board.lines);

  it('tell where lettered words stand once the letters are out', () => {
    const [line] = lines as [(typeof lines)[number]];
    const read = unlettered({ ...line, description: 'We ask «D|an RN» or a «L|PTA»; «T|nurses» teach.' });
    expect(read.description).toBe('We ask an RN or a PTA; nurses teach.');
    const words = read.letters.map(({ start, end, letter }) => `${letter} ${read.description.slice(start, end)}`);
    expect(words).toEqual(['D an RN', 'L PTA', 'T nurses']);
  });

  it('show no letter in their texts, and use none that has no meaning', () => {
    expect(lines.filter(({ letters }) => letters.length > 0).length).toBeGreaterThan(1_000);
    for (const { id, description, letters } of lines) {
      expect(description, id).not.toMatch(/[«»]/u);
      for (const { letter } of letters) expect('DLWXNUTE', id).toContain(letter);
    }
  });

  it('have a name for every line of their own, and verdicts where the job is one of ours', () => {
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    for (const { id, relevance, paths, verdicts } of lines) {
      expect(paths.length > 0, id).toBe(relevance === 'nonclinical');
      expect(verdicts !== null, id).toBe(relevance === 'nonclinical');
    }
  });
});
