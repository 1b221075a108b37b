import { CREDENTIAL_NAMES, CREDENTIAL_SHORT } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { PERIODS_A_YEAR } from '../../posting/pay.ts';
import type { Credential, Path } from '../../posting/taxonomy.ts';
import type { PostingDetail } from '../../store/feed/postings.ts';
import { CLINICAL_PAY } from '../clinical-pay.ts';
import { type ComparedPay, comparedPay } from '../compared-pay.ts';
import { clinicalSourceOf } from './clinical-source.ts';
import { capitalized, count, dollars, pathName } from './words.ts';

/** Facts that no employer states but the page works out: each says from what. */

const BESIDE = 'pay-beside';
/** Phrases of a posting shown for a path. */
const MOST_PHRASES = 3;

/** In the head, behind the pay: how it stands to the clinical median. It leads to the fact below that says how that was reckoned. */
export function payBesideShort(posting: PostingDetail, credential: Credential): Html | null {
  const compared = comparedPay(posting, credential);
  return compared && html`, <a href="#${BESIDE}">${compared.told} the ${CREDENTIAL_SHORT[credential]} median</a>`;
}

/** The same with its figures and their source. */
export function payBesideFact(posting: PostingDetail, credential: Credential): Html | false {
  const compared = comparedPay(posting, credential);
  if (!compared) return false;
  const professions = `${CREDENTIAL_NAMES[credential].toLowerCase()}s`;
  return html`<div class="own" id="${BESIDE}" tabindex="-1"><dt>Pay</dt><dd><b>${capitalized(compared.told)} the ${CREDENTIAL_SHORT[credential]} median</b><span class="sr">: </span>
<span class="how">${middleText(compared)} Half of all ${professions} in the US earn less than ${dollars(CLINICAL_PAY[credential].median)} a year (${clinicalSourceOf(credential)}).</span></dd></div>`;
}

function middleText({ isRange, middle, interval, yearly }: ComparedPay): string {
  const what = isRange ? 'The midpoint of the posted range is' : 'The posting pays';
  if (interval === 'year') return `${what} ${dollars(middle)} a year.`;
  const rate = middle.toLocaleString('en-US', { minimumFractionDigits: Number.isInteger(middle) ? 0 : 2, maximumFractionDigits: 2 });
  return `${what} $${rate} an hour, ${dollars(yearly)} for a full year of ${count(PERIODS_A_YEAR.hour ?? 0)} hours.`;
}

/** On which paths the posting is, and the phrases it was put there for. */
export function pathFact({ paths, tags }: PostingDetail): Html | false {
  if (paths.length === 0) return false;
  const told = paths.map(path => {
    const phrases = phrasesOf(tags, path);
    const quoted = phrases.map((phrase, i) => html`${i > 0 && ', '}<q><bdi>${phrase}</bdi></q>`);
    return html`<b>${pathName(path)}</b>${phrases.length > 0 && html`<span class="sr">: </span> <span class="how">Because it says ${quoted}</span>`} `;
  });
  return html`<div class="own"><dt>${paths.length === 1 ? 'Path' : 'Paths'}</dt><dd>${told}</dd></div>`;
}

/** Phrases in the order of the posting, none that another one holds. */
function phrasesOf(tags: PostingDetail['tags'], path: Path): string[] {
  const evidence = tags.filter(({ kind, name }) => kind === 'path' && name === path).flatMap(tag => tag.evidence);
  const phrases = [...new Set(evidence.map(({ text }) => text.replace(/\s+/g, ' ').trim()))].filter(text => text !== '');
  const isHeld = (text: string) => phrases.some(other => other !== text && other.toLowerCase().includes(text.toLowerCase()));
  return phrases.filter(text => !isHeld(text)).slice(0, MOST_PHRASES);
}
