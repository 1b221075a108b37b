import { expect, test } from 'vitest';
import { withSecrets } from '../../../src/crawlers/engine/secrets.ts';
import type { Exchange } from '../../../src/crawlers/engine/transport.ts';
import { loadSystems } from '../../../src/crawlers/systems.ts';

const exchange = (url: string, headers: Record<string, string> = {}): Exchange => ({
  method: 'GET',
  url: new URL(url),
  headers,
  body: null,
  source: 'acme',
});

test('a key stands in for its placeholder in a header and in an address, where it is encoded', () => {
  const header = withSecrets(exchange('https://data.usajobs.gov/api/search', { 'authorization-key': '${USAJOBS_KEY}' }), {
    USAJOBS_KEY: 'a+b=',
  });
  expect(header.headers['authorization-key']).toBe('a+b=');
  const address = withSecrets(exchange('https://api.adzuna.com/v1?app_id=${ADZUNA_APP_ID}&app_key=${ADZUNA_APP_KEY}'), {
    ADZUNA_APP_ID: 'id',
    ADZUNA_APP_KEY: 'k&y',
  });
  expect(address.url.search).toBe('?app_id=id&app_key=k%26y');
});

test('a key that is not set is said before anything is sent', () => {
  expect(() => withSecrets(exchange('https://data.usajobs.gov/api', { 'authorization-key': '${USAJOBS_KEY}' }), {})).toThrow(
    /USAJOBS_KEY is not set/,
  );
});

test('a key goes to its own host only', () => {
  const other = exchange('https://evil.example/', { 'authorization-key': '${USAJOBS_KEY}' });
  expect(() => withSecrets(other, { USAJOBS_KEY: 'secret' })).toThrow(/not sent to evil.example/);
});

test('words that look like a placeholder but name no key stay as they are', () => {
  expect(withSecrets(exchange('https://a.example/?q=${HOME}'), {}).url.searchParams.get('q')).toBe('${HOME}');
});

test('every system that needs a key names one this knows, for the host it asks', async () => {
  const keyed = [...(await loadSystems()).values()].filter(adapter => adapter.keyNeeded);
  expect(keyed.length).toBeGreaterThan(0);
  const secrets = { USAJOBS_KEY: 'S', ADZUNA_APP_ID: 'S', ADZUNA_APP_KEY: 'S' };
  for (const adapter of keyed) {
    for (const request of adapter.start(adapter.example)) {
      const asked = exchange(request.url, request.headers);
      const sent = withSecrets(asked, secrets);
      expect([sent.url.href, sent.headers], adapter.system).not.toEqual([asked.url.href, asked.headers]);
      expect(`${sent.url.href} ${JSON.stringify(sent.headers)}`).not.toMatch(/\$\{|%7B/);
    }
  }
});
