import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lex, type Token } from '../../../src/text/lexer.ts';
import { Automaton } from '../../../src/text/matching/automaton.ts';
import { readPattern } from '../../../src/text/matching/pattern.ts';
import { know } from '../../../src/text/words.ts';

/** What an automaton of these phrases tells of a text: the end, and then part and length of all that ends there. */
function told(automaton: Automaton, tokens: readonly Token[]): number[][] {
  const ends: number[][] = [];
  automaton.run(tokens, 0, tokens.length, (parts, end) => ends.push([end, ...parts]));
  return ends;
}

function automatonOf(phrases: readonly string[], most?: ConstructorParameters<typeof Automaton>[0]): Automaton {
  const automaton = new Automaton(most);
  for (const [number, phrase] of phrases.entries()) for (const part of readPattern(phrase).parts) automaton.add(part, number);
  automaton.close();
  return automaton;
}

it('tells the longest part that ends at a word first, and of equally long ones the first', () => {
  const { tokens } = lex('home health aide');
  expect(told(automatonOf(['aide', 'health aide', 'home health aide', '(aide|nurse)']), tokens)).toEqual([[3, 2, 3, 1, 2, 0, 1, 3, 1]]);
});

it('knows a word of a text that was read before its phrases were', () => {
  const { tokens } = lex('a quokka keeper');
  expect(told(automatonOf(['quokka keeper']), tokens)).toEqual([[3, 0, 2]]);
});

it('takes a word for what it was when somebody looks for it later', () => {
  const automaton = automatonOf(['# quokka']);
  for (const word of ['77345', 'wombat']) know(word);
  expect(told(automaton, lex('77345 quokka, wombat quokka').tokens)).toEqual([[2, 0, 2]]);
});

it('tells the same when it may keep next to nothing of what it made', () => {
  const phrases = ['(a1|b1) (b1|c1) a1', 'a1 (a1|b1|c1) c1 a1', 'b1 b1', '(a1|c1) [b1] (a1 b1|c1)', 'c1'];
  const roomy = automatonOf(phrases);
  const narrow = automatonOf(phrases, { states: 6, transitions: 3 });
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a1', 'b1', 'c1', 'd1'), { maxLength: 60 }), words => {
      const { tokens } = lex(words.join(' '));
      expect(told(narrow, tokens)).toEqual(told(roomy, tokens));
    }),
  );
});
