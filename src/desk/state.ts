import { type Html, html } from '../http/html.ts';
import { isUnwell, type SourceHealth } from '../store/visit/source-health.ts';
import { moment } from './layout.ts';

/** A state with the colors that verdicts have, and since when it lasts. */
export function stateOf(row: Pick<SourceHealth, 'state' | 'since'>): Html {
  const look = row.state === 'ok' ? 'named' : isUnwell(row) ? 'barred' : 'unknown';
  return html`<span class="verdict ${look}">${row.state}</span>${isUnwell(row) && row.since && html` <small class="muted">since ${moment(row.since)}</small>`}`;
}
