import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { html } from '../../src/http/html.ts';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';
import { loadGuides } from '../../src/web/guides.ts';
import { guideSections } from '../../src/web/view/guide-sections.ts';

const guides = loadGuides();
const shown = (path: (typeof PATH_SLUGS)[number], live = {}) => load(guideSections(guides[path], live).html);

describe('a guide', () => {
  it.each(PATH_SLUGS)('of %s holds between 350 and 700 words, and when it was reviewed', path => {
    const $ = shown(path);
    const words = $.text().match(/[\p{L}\d’'-]+/gu) ?? [];
    expect(words.length).toBeGreaterThan(350);
    expect(words.length).toBeLessThan(700);
    expect($('time').attr('datetime')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect($('time').text()).toMatch(/^[A-Z][a-z]{2} \d{1,2}, \d{4}$/);
  });

  it.each(PATH_SLUGS)('of %s names no fee and links to nobody', path => {
    const $ = shown(path);
    expect($.text()).not.toMatch(/\$\s?\d|coupon|promo code|discount/i);
    for (const link of $('a').get()) expect($(link).attr('href')).toMatch(/^\/jobs\?role=[a-z-]+$/);
  });

  it('tells the review and coordinator jobs apart by whom they take', () => {
    const takes = (path: 'utilization-review' | 'care-coordination') =>
      Object.fromEntries(
        shown(path)('tbody tr')
          .toArray()
          .map(row => {
            const $ = load(row, null, false);
            return [$('th').text(), $('td').last().text()];
          }),
      );
    expect(takes('utilization-review')).toMatchObject({
      'Utilization reviewer': 'PT, PTA, OT, COTA or SLP',
      'Pre-service coordinator': 'PT or OT',
    });
    expect(takes('care-coordination')).toMatchObject({
      'Skilled inpatient care coordinator': 'PT, OT or SLP',
      'Transitional care coordinator': 'PT, OT or SLP',
      'Cross market care coordinator': 'PT, OT or SLP',
      'Home health care coordinator': 'PT, OT or SLP',
    });
  });

  it('says for every credential whether it gets in', () => {
    for (const path of PATH_SLUGS) {
      const told = shown(path)('h2:contains("Who can apply") + dl dt').text();
      for (const name of ['OT', 'COTA', 'PT', 'PTA', 'SLP']) expect(told.includes('All five') || told.includes(name), path).toBe(true);
    }
  });

  it('has places for what only the data know', () => {
    const roles = new Map([['utilization-reviewer', 1]]);
    const $ = shown('utilization-review', { shares: html`<p id="shares">1 of 4</p>`, hiring: html`<p id="hiring">Northquay</p>`, roles });
    expect($('#shares').prev('h2').text()).toBe('Who can apply');
    expect($('#hiring').closest('section').find('h2').text()).toBe('Who hires');
    expect($('tbody tr').first().find('small').text()).toBe('1 open job');
    expect($('tbody tr').last().find('small').text()).toBe('0 open jobs');
    expect(shown('utilization-review')('tbody small')).toHaveLength(0);
  });
});
