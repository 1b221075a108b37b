import { describe, expect, test } from 'vitest';
import { cutHtml, httpUrl, placeIn, segments, splitPlaces, tenantOf, unescapeHtml, workModeOf } from '../../../src/crawlers/kit/values.ts';

describe('values', () => {
  test.each([
    ['Remote', 'remote'],
    ['fully', 'remote'],
    ['Fully Remote', 'remote'],
    ['ON_SITE', 'onsite'],
    ['OnSite', 'onsite'],
    ['In-office', 'onsite'],
    ['Hybrid', 'hybrid'],
    ['Flexible', null],
    ['Remote - Texas', null],
    ['none', null],
    ['unspecified', null],
  ])('the work mode %s is %s', (word, mode) => {
    expect(workModeOf(word)).toBe(mode);
  });

  test('decodes escaped HTML until tags show, two rounds at most, and leaves text as it was', () => {
    expect(unescapeHtml('&lt;p&gt;R&amp;amp;D&lt;/p&gt;')).toBe('<p>R&amp;D</p>');
    expect(unescapeHtml('&amp;lt;p&amp;gt;x&amp;lt;/p&amp;gt;')).toBe('<p>x</p>');
    expect(unescapeHtml('<p>&lt;b&gt;</p>')).toBe('<p>&lt;b&gt;</p>');
    expect(unescapeHtml('wages &lt; $20')).toBe('wages &lt; $20');
  });

  test('takes only http(s) addresses, without their fragment', () => {
    expect(httpUrl('/jobs/1#apply', 'https://board.example/x')).toBe('https://board.example/jobs/1');
    for (const wrong of ['javascript:alert(1)', 'mailto:x@y.example', 'ftp://x.example/', 'not a url', '', null, 7])
      expect(httpUrl(wrong)).toBeNull();
  });

  test('reads the tenant of a host, and none of reserved or deeper ones', () => {
    const tenant = (url: string) => tenantOf(new URL(url), 'breezy.hr', ['developer']);
    expect(tenant('https://Oakline.breezy.hr/p/1')).toBe('oakline');
    for (const url of [
      'https://www.breezy.hr/',
      'https://breezy.hr/',
      'https://developer.breezy.hr/',
      'https://a.b.breezy.hr/',
      'https://oaklinebreezy.hr/',
    ]) {
      expect(tenant(url)).toBeNull();
    }
  });

  test('decodes the segments of a path, and bears a stray percent sign', () => {
    expect(segments(new URL('https://x.example/a%20b/100%/c/'))).toEqual(['a b', '100%', 'c']);
  });

  test('splits places and gives the country where the words name none', () => {
    expect(splitPlaces(' Austin, TX ; Remote | ')).toEqual(['Austin, TX', 'Remote']);
    expect(placeIn('Head office', 'US')).toEqual({ raw: 'Head office', country: 'US' });
    expect(placeIn('Austin, TX', 'US')).toEqual({ raw: 'Austin, TX' });
  });

  test('knows a cut HTML page by its missing end', () => {
    expect(cutHtml('<html><body>x</body></html>')).toBeNull();
    expect(cutHtml('<html><body>x</bo')).toContain('cut off');
  });
});
