import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditRows } from '../../src/store/desk/audit.ts';
import { formOf, pathOf, type TestDesk, testDesk } from './_desk.ts';
import { PASSWORD_HASH } from './_password.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await testDesk();
});
afterAll(() => desk.close());

/** What is there for everybody, and nothing else may be. */
const OPEN = ['/admin/login', '/admin/desk.css'];

/** Every route of the desk, by the way it is asked: a new one is in it by itself. */
function guarded(...methods: string[]) {
  const routes = desk.routes.filter(({ url, method }) => !OPEN.includes(url) && methods.includes(method));
  expect(routes.length).toBeGreaterThan(0);
  return [...new Map(routes.map(route => [`${route.method} ${route.url}`, route])).values()];
}

describe('without a session', () => {
  test('every page leads to the login, and none says a word more', async () => {
    for (const { url } of guarded('GET', 'HEAD')) {
      const path = pathOf(url);
      const { status, headers, text } = await desk.ask(path);
      expect([url, status, headers.get('location'), text]).toEqual([url, 303, `/admin/login?to=${encodeURIComponent(path)}`, '']);
    }
  });

  test('every action is refused, also with a cookie that nobody gave', async () => {
    const cookie = `ombre_desk=${'a'.repeat(43)}`;
    for (const { url } of guarded('POST')) {
      for (const headers of [{}, { cookie }] as Record<string, string>[]) {
        const { status } = await desk.ask(pathOf(url), formOf(desk.origin, { csrf: 'x' }, headers));
        expect([url, status]).toEqual([url, 401]);
      }
    }
  });

  test('no other method does anything', async () => {
    for (const { url, method } of guarded('PUT', 'PATCH', 'DELETE', 'OPTIONS')) {
      const { status } = await desk.ask(pathOf(url), { method, headers: { origin: desk.origin } });
      expect([url, method, [401, 405].includes(status)]).toEqual([url, method, true]);
    }
  });

  test('every route of the desk lies below /admin', () => {
    expect(desk.routes.filter(({ url }) => !/^\/admin(\/|$)/.test(url))).toEqual([]);
  });
});

describe('with a session', () => {
  afterEach(async () => {
    await sql`delete from desk_sessions`.execute(desk.db);
  });

  test('every page answers, is kept nowhere, found by no search engine, and bound by the strict policy', async () => {
    const operator = await desk.login();
    for (const { url } of guarded('GET')) {
      const { status, headers, text } = await operator.get(pathOf(url));
      // A page of something that is not there says so.
      expect([url, [200, 404].includes(status)]).toEqual([url, true]);
      if (!/[:*]/.test(url)) expect([url, status]).toEqual([url, 200]);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(text).not.toMatch(/<script|style="/);
    }
  });

  test('no action is done without the token of the session, or with that of another one', async () => {
    const operator = await desk.login();
    const other = await (await desk.login()).csrf();
    expect(other).not.toBe(await operator.csrf());
    for (const { url } of guarded('POST')) {
      for (const form of [{}, { csrf: '' }, { csrf: other }] as Record<string, string>[]) {
        const { status } = await desk.ask(pathOf(url), formOf(desk.origin, form, { cookie: operator.cookie }));
        expect([url, form, status]).toEqual([url, form, 403]);
      }
    }
    expect((await operator.get('/admin')).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another site, by its origin alone', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a neighbor domain', { origin: 'https://jobs.example', 'sec-fetch-site': 'same-site' }],
    ['somebody who says nothing of it', {}],
  ])('no action is done that comes from %s, though it has the token', async (_, headers) => {
    const operator = await desk.login();
    const csrf = await operator.csrf();
    for (const { url } of [...guarded('POST'), { url: '/admin/login' }]) {
      const body = new URLSearchParams({ csrf, password: 'correct horse battery' });
      const { status } = await desk.ask(pathOf(url), { method: 'POST', body, headers: { ...headers, cookie: operator.cookie } });
      expect([url, status]).toEqual([url, 403]);
    }
  });

  test('a session is over after half an hour without a request, and after twelve hours, by the clock of the database', async () => {
    const operator = await desk.login();
    const csrf = await operator.csrf();
    const over = async () => {
      for (const { url } of guarded('GET')) expect([url, (await operator.get(pathOf(url))).status]).toEqual([url, 303]);
      for (const { url } of guarded('POST')) {
        const { status } = await desk.ask(pathOf(url), formOf(desk.origin, { csrf }, { cookie: operator.cookie }));
        expect([url, status]).toEqual([url, 401]);
      }
    };
    await sql`update desk_sessions set used_at = now() - interval '29 minutes'`.execute(desk.db);
    expect((await operator.get('/admin')).status).toBe(200);
    await sql`update desk_sessions set used_at = now() - interval '31 minutes'`.execute(desk.db);
    await over();
    await sql`update desk_sessions set used_at = now(), created_at = now() - interval '721 minutes'`.execute(desk.db);
    await over();
  });

  test('logging out ends it for good, and only it', async () => {
    const [operator, other] = [await desk.login(), await desk.login()];
    const { status, headers } = await operator.post('/admin/logout');
    expect([status, headers.get('location')]).toEqual([303, '/admin/login']);
    expect(headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect((await operator.get('/admin')).status).toBe(303);
    expect((await other.get('/admin')).status).toBe(200);
  });

  test('one session can end all others, which is in the audit', async () => {
    const [operator, other] = [await desk.login(), await desk.login()];
    const { status, headers } = await operator.post('/admin/sessions/end');
    expect(status).toBe(303);
    const { text } = await operator.get(headers.get('location')!);
    expect(text).toMatch(/Done: <strong>desk.end_sessions<\/strong>/);
    expect((await other.get('/admin')).status).toBe(303);
    const [row] = await auditRows(desk.db, { most: 1 });
    expect(row).toMatchObject({ what: 'desk.end_sessions', after: { ended: 1 } });
    // Nobody's link makes the desk tell what was not done.
    expect((await operator.get('/admin/sessions?done=999999')).text).not.toContain('Done:');
  });

  test('another password ends all of them', async () => {
    const operator = await desk.login();
    await sql`update desk_sessions set credential = 'of another password'`.execute(desk.db);
    expect((await operator.get('/admin')).status).toBe(303);
    await desk.login();
    const { rows } = await sql`select 1 from desk_sessions`.execute(desk.db);
    expect(rows).toHaveLength(1);
  });

  test('the database holds neither token nor password, and the cookie is for the desk and its server alone', async () => {
    const { headers } = await desk.ask('/admin/login', formOf(desk.origin, { password: 'correct horse battery' }));
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/^ombre_desk=[\w-]{43}; Path=\/admin; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const { rows } = await sql<{ row: string }>`select to_jsonb(s)::text as row from desk_sessions s`.execute(desk.db);
    expect(rows).toHaveLength(1);
    expect(rows[0]!.row).not.toContain(cookie.slice(11, 54));
    expect(rows[0]!.row).not.toContain(PASSWORD_HASH);
  });

  test('logins, refused ones and their ends are in the audit, each with its session and network', async () => {
    const operator = await desk.login();
    await desk.ask('/admin/login', formOf(desk.origin, { password: 'wrong' }));
    await operator.post('/admin/logout');
    const [out, refused, login] = await auditRows(desk.db, { most: 3 });
    expect(out).toMatchObject({ via: 'desk', what: 'desk.logout', network: '127.0.0.0/24', who: login!.who });
    expect(refused).toMatchObject({ via: 'desk', what: 'desk.refuse_login', network: '127.0.0.0/24', who: 'nobody' });
    expect(login).toMatchObject({ what: 'desk.login', who: expect.stringMatching(/^[0-9a-f]{8}$/) });
    const again = await desk.login();
    expect((await again.get('/admin/audit')).text).toContain('desk.refuse_login');
  });
});

test('a page asked for before the login is shown after it, and nothing elsewhere is', async () => {
  for (const [to, then] of [
    ['/admin/audit', '/admin/audit'],
    ['/admin/sources/acme-health', '/admin/sources/acme-health'],
    ['//evil.example/admin', '/admin'],
    ['https://evil.example/', '/admin'],
    ['/admin/../jobs', '/admin'],
    ['/admin/logout', '/admin'],
    ['/administrators', '/admin'],
  ] as const) {
    const { headers } = await desk.ask('/admin/login', formOf(desk.origin, { password: 'correct horse battery', to }));
    expect([to, headers.get('location')]).toEqual([to, then]);
  }
});

test('the cookie travels by HTTPS alone where people reach the site by HTTPS', async () => {
  const secure = await testDesk({ PUBLIC_URL: 'https://jobs.example.org' });
  try {
    const form = formOf('https://jobs.example.org', { password: 'correct horse battery' });
    const { headers } = await secure.ask('/admin/login', form);
    expect(headers.getSetCookie()[0]).toMatch(/; Secure$/);
  } finally {
    await secure.close();
  }
});
