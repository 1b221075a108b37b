import { type Html, html } from '../../http/html.ts';
import { select } from '../forms.ts';

/** The parts of a filter that are typed rather than clicked. */
export const TYPED = ['near', 'radius', 'pay_min', 'pay_interval', 'max_years', 'max_lifting', 'without_certification'] as const;

/** The search box: everything else of the filter travels along. */
export function searchForm(path: string, query: string): Html {
  const params = new URLSearchParams(query);
  return html`<form class="search" action="${path}" method="get" role="search">
<label class="sr" for="q">Search titles, employers and texts</label>
<input id="q" name="q" type="search" maxlength="200" autocomplete="off" placeholder="Search, e.g. &quot;prior authorization&quot; -RN" value="${params.get('q') ?? ''}">
<button type="submit">Search</button>${hidden(params, ['q'])}
</form>`;
}

/** Distance, pay, years and lifting. */
export function detailForm(path: string, query: string): Html {
  const params = new URLSearchParams(query);
  return html`<form class="narrow" action="${path}" method="get">
<h3>Distance, pay and what it asks</h3>
${detailFields(params)}
<div class="pair"><div><label for="posted_since">Posted</label>${select('posted_since', params.get('posted_since') ?? '', [
    ['', 'Any time'],
    ['1d', 'Last 24 hours'],
    ['7d', 'Last 7 days'],
    ['30d', 'Last 30 days'],
  ])}</div></div>
${hidden(params, [...TYPED, 'posted_since'])}<button type="submit">Apply</button>
</form>`;
}

/** The typed fields without their form. */
export function detailFields(params: URLSearchParams): Html {
  const value = (name: string) => params.get(name) ?? '';
  return html`<div class="pair around"><div><label for="near">Near</label><input id="near" name="near" maxlength="80" placeholder="City, ST or ZIP" autocomplete="postal-code" value="${value('near')}"></div>
<div><label for="radius">Miles</label>${select('radius', value('radius'), [
    ['', '50'],
    ['10', '10'],
    ['25', '25'],
    ['100', '100'],
    ['200', '200'],
  ])}</div></div>
<div class="pair"><div><label for="pay_min">Pay at least</label><input id="pay_min" name="pay_min" inputmode="decimal" pattern="[0-9]{1,8}([.][0-9]{1,2})?" title="US dollars, digits only" placeholder="$" value="${value('pay_min')}"></div>
<div><label for="pay_interval">Per</label>${select('pay_interval', value('pay_interval'), [
    ['', 'year'],
    ['hour', 'hour'],
    ['month', 'month'],
    ['week', 'week'],
    ['day', 'day'],
  ])}</div></div>
<div class="pair"><div><label for="max_years">Experience</label>${select('max_years', value('max_years'), [
    ['', 'Any'],
    ['0', 'None'],
    ['1', 'Up to 1 year'],
    ['2', 'Up to 2 years'],
    ['3', 'Up to 3 years'],
    ['5', 'Up to 5 years'],
  ])}</div>
<div><label for="max_lifting">Lifting</label>${select('max_lifting', value('max_lifting'), [
    ['', 'Any'],
    ['10', 'Up to 10 lb'],
    ['25', 'Up to 25 lb'],
    ['50', 'Up to 50 lb'],
  ])}</div></div>
<div class="pair"><div><label for="without_certification">Certification</label>${select(
    'without_certification',
    value('without_certification'),
    [
      ['', 'Any'],
      ['any', 'None required'],
    ],
  )}</div></div>`;
}

/** The rest of a query as hidden fields. */
export function hidden(params: URLSearchParams, but: readonly string[]): Html[] {
  return [...params]
    .filter(([name]) => name !== 'cursor' && !but.includes(name))
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
}
