import type { EmploymentType } from '../../posting/posting.ts';
import { SEP } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import type { FacetValue } from '../reading/posting.ts';
import { isPercent } from './heard.ts';

/** Below nine tenths of the hours a post is part-time; from there to all of them it is neither. */
const NEARLY_FULL = 0.9;

/** "0.6 FTE", ".8 FTE", "75% time"; more than one post is the employer's count. */
export function typeOfShare({ value, hit: { field, first, last } }: FacetValue): EmploymentType | null {
  let at = value === 'share-last' ? last - 1 : first;
  while (at < last && numberOf(field.tokens[at]?.word ?? '') === null) at++;
  const token = at < last ? field.tokens[at] : undefined;
  const percent = isPercent(field, at);
  if (!token || (value === 'percent' && !percent)) return null;
  const figure = (token.sep & SEP.dot) !== 0 ? Number(`0.${token.word}`) : (numberOf(token.word) ?? 0);
  const share = percent ? figure / 100 : figure;
  if (!(share > 0 && share <= 1) || (value === 'share-last' && share === 1)) return null;
  return share < NEARLY_FULL ? 'part_time' : share === 1 ? 'full_time' : null;
}
