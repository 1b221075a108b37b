import { expect, test } from 'vitest';
import { systemOf } from '../../src/crawlers/systems.ts';
import { robotsOf } from '../../src/feed/robots-view.ts';

const at = new Date('2026-11-28T00:00:00Z');
const says = (body: string) => ({ verdict: 'rules' as const, reason: 'read', body, fetched_at: at });
const CLOSED = says('User-agent: *\nDisallow: /');
const OPEN = says('User-agent: *\nAllow: /');

const view = async (system: string, target: object, robots: Record<string, typeof OPEN>) =>
  robotsOf(await systemOf(system), target, new Map(Object.entries(robots)) as never).map(({ origin, allowed }) => `${origin} ${allowed}`);

test('what is shown of robots.txt is what it says to the way in that is taken', async () => {
  const [api, careers] = ['https://api.smartrecruiters.com', 'https://careers.smartrecruiters.com'];
  const target = { company: 'acme' };
  expect(await view('smartrecruiters', target, { [api]: OPEN })).toEqual([`${api} true`]);
  expect(await view('smartrecruiters', target, { [api]: CLOSED, [careers]: OPEN })).toEqual([`${careers} true`]);
  expect(await view('smartrecruiters', target, { [api]: CLOSED, [careers]: CLOSED })).toEqual([`${api} false`]);
  expect(await view('smartrecruiters', target, {})).toEqual([]);
});

test('a way that is allowed on the same host shows the host as allowed', async () => {
  const origin = 'https://acme.jobs.personio.de';
  expect(await view('personio', { host: 'acme.jobs.personio.de' }, { [origin]: says('User-agent: *\nDisallow: /xml') })).toEqual([
    `${origin} true`,
  ]);
});

test('one of several lists that is refused shows its host as refused', async () => {
  const target = { list: ['https://acme.example/ot', 'https://acme.example/pt'], item: '.job' };
  for (const path of ['/ot', '/pt']) {
    expect(await view('html', target, { 'https://acme.example': says(`User-agent: *\nDisallow: ${path}`) })).toEqual([
      'https://acme.example false',
    ]);
  }
});
