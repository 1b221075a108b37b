import type { Field } from '../../text/document.ts';
import { Matcher } from '../../text/matching/matcher.ts';
import type { Pattern } from '../../text/matching/pattern.ts';
import { BOILERPLATE, SECTIONS, type Section } from '../../text/sections.ts';
import type { RuleHit, RuleMatch } from '../reading/hit.ts';
import type { RulePlace } from '../schema/names.ts';
import type { Rule } from '../schema/rule.ts';

const FIELDS: readonly Field['name'][] = ['title', 'text', 'location', 'department'];
/** One bit for every field that is a single line, and one for every section of the text. */
const bitOf = (field: Field['name'], section: Section): number =>
  field === 'text' ? 1 << (FIELDS.length + SECTIONS.indexOf(section)) : 1 << FIELDS.indexOf(field);

/** The bits of the fields that are a single line. */
const LINES = (1 << FIELDS.length) - 1;

/** The bits of the fields and sections a rule looks in. */
function placesOf(rule: Rule): number {
  let places = 0;
  for (const field of FIELDS) {
    for (const section of SECTIONS) if (rule.where.some(place => stands(place, field, section))) places |= bitOf(field, section);
  }
  return places;
}

function stands(place: RulePlace, field: Field['name'], section: Section): boolean {
  if (place === 'title' || place === 'department' || place === 'location') return field === place;
  if (field !== 'text') return false;
  if (place === 'anywhere') return true;
  if (place === 'text') return !BOILERPLATE.has(section);
  if (place === 'company') return section === 'about' || section === 'summary' || section === 'other';
  if (place === 'requirement') return section === 'requirements' || section === 'preferred' || section === 'summary' || section === 'other';
  return section === 'duties' || section === 'summary' || section === 'other';
}

/**
 * So many findings are taken of a field, and some more for each of its words; what is found behind them is not heard. No posting of 1,862 real and
 * invented ones has more than 2,200, or than two a word where it is long; a list made to go on and on has nine a word.
 */
const MOST = { ever: 3_000, aWord: 2 };

/** The matching of a rule set: lines such as titles and running text each by the phrases that may stand there. */
export function matching(patterns: readonly Pattern[], ruleOfPhrase: readonly Rule[]): RuleMatch {
  const places = ruleOfPhrase.map(placesOf);
  const part = (wanted: number) => {
    const phrases = [...patterns.keys()].filter(phrase => ((places[phrase] as number) & wanted) !== 0);
    const matcher = new Matcher(
      phrases.map(phrase => patterns[phrase] as Pattern),
      Int32Array.from(phrases, phrase => places[phrase] as number),
    );
    return { matcher, rules: phrases.map(phrase => ruleOfPhrase[phrase] as Rule) };
  };
  const lines = part(LINES);
  const text = part(~LINES);
  return field => {
    const { matcher, rules } = field.name === 'text' ? text : lines;
    const hits: RuleHit[] = [];
    const most = MOST.ever + MOST.aWord * field.tokens.length;
    matcher.match(
      field,
      ({ section }) => bitOf(field.name, section),
      (phrase, segment, first, last) => {
        if (hits.length < most) hits.push({ nth: hits.length, rule: rules[phrase] as Rule, field, segment, first, last });
      },
    );
    return hits;
  };
}
