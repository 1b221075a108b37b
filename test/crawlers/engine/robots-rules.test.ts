import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, type RobotsJudgement, readRobots } from '../../../src/crawlers/engine/robots-rules.ts';

const judge = (body: string, path: string, token = 'FooBot'): RobotsJudgement =>
  readRobots(body, token).judge(new URL(path, 'https://foo.example'));
const allowed = (body: string, path: string, token?: string) => judge(body, path, token).allowed;
const all = (...lines: string[]) => `User-agent: *\n${lines.join('\n')}\n`;

describe('a path of robots.txt', () => {
  it.each([
    ['/', '/anything', true],
    ['/fish', '/fish', true],
    ['/fish', '/fish.html', true],
    ['/fish', '/fish/salmon.html', true],
    ['/fish', '/fishheads/yummy.html', true],
    ['/fish', '/fish.php?id=anything', true],
    ['/fish', '/Fish.asp', false],
    ['/fish', '/catfish', false],
    ['/fish', '/?id=fish', false],
    ['/fish*', '/fishheads', true],
    ['/fish*', '/desert/fish', false],
    ['/fish/', '/fish/', true],
    ['/fish/', '/animals/fish/', false],
    ['/fish/', '/fish', false],
    ['/*.php', '/index.php', true],
    ['/*.php', '/folder/any.php.file.html', true],
    ['/*.php', '/filename.php/', true],
    ['/*.php', '/', false],
    ['/*.php', '/windows.PHP', false],
    ['/*.php$', '/filename.php', true],
    ['/*.php$', '/folder/filename.php', true],
    ['/*.php$', '/filename.php?parameters', false],
    ['/*.php$', '/filename.php5', false],
    ['/fish*.php', '/fishheads/catfish.php?parameters', true],
    ['/fish*.php', '/Fish.PHP', false],
    ['/this/path/exactly$', '/this/path/exactly', true],
    ['/this/path/exactly$', '/this/path/exactly/', false],
    ['/this/*/exactly', '/this/path/is/exactly', true],
    ['/a**b', '/a--b', true],
    ['/a*$', '/a', true],
    ['*/jobs', '/en/jobs', true],
    ['jobs', '/jobs', false],
    ['/$x', '/$x', true],
    ['/$', '/', true],
    ['/$', '/x', false],
  ])('%s is compared with %s as the standard says', (rule, path, matches) => {
    expect(allowed(all(`Disallow: ${rule}`), path)).toBe(!matches);
  });

  it.each([
    ['/foo/bar?baz=quz', '/foo/bar?baz=quz', true],
    ['/foo/bar?baz=https://foo.bar', '/foo/bar?baz=https%3A%2F%2Ffoo.bar', true],
    ['/foo/bar?baz=https%3A%2F%2Ffoo.bar', '/foo/bar?baz=https://foo.bar', true],
    ['/foo/bar?qux=taz&baz=http://foo.bar?tar&par', '/foo/bar?qux=taz&baz=http://foo.bar?tar&par', true],
    ['/foo/bar/\u30C4', '/foo/bar/%E3%83%84', true],
    ['/foo/bar/%E3%83%84', '/foo/bar/%E3%83%84', true],
    ['/foo/bar/%e3%83%84', '/foo/bar/\u30C4', true],
    ['/foo/bar/%62%61%7A', '/foo/bar/baz', true],
    ['/foo/bar/baz', '/foo/bar/%62%61%7A', true],
    ['/%61', '/a', true],
    ['/%7Ejoe/', '/~joe/x', true],
    ['/a%2Fb', '/a%2fb', true],
    ['/a%2Fb', '/a/b', false],
    ['/a/b', '/a%2Fb', false],
    ['/foo/bar%3F', '/foo/bar?', false],
    ['/foo/bar%3F', '/foo/bar%3F', true],
    ['/a b', '/a%20b', true],
    ['/a|b', '/a%7Cb', true],
    ['/path/file-with-a-%2A.html', '/path/file-with-a-*.html', true],
    ['/path/file-with-a-%2A.html', '/path/file-with-a-x.html', false],
    ['/path/foo-%24', '/path/foo-$', true],
    ['/*/jobs', '/x?next=/jobs', true],
    ['/100%$', '/100%', true],
    ['/100%$', '/100%25', false],
  ])('%s and the address %s are brought to one spelling', (rule, path, matches) => {
    expect(allowed(all(`Disallow: ${rule}`), path)).toBe(!matches);
  });
});

describe('of several rules', () => {
  it.each([
    ['the longest wins', ['Allow: /p', 'Disallow: /'], '/page', true],
    ['a tie allows', ['Disallow: /folder', 'Allow: /folder'], '/folder/page', true],
    ['a longer pattern with a wildcard wins', ['Allow: /page', 'Disallow: /*.htm'], '/page.htm', false],
    ['the end mark counts as an octet', ['Allow: /$', 'Disallow: /'], '/', true],
    ['the end mark does not reach further', ['Allow: /$', 'Disallow: /'], '/page.htm', false],
    ['the order does not matter', ['Disallow: /x/', 'Allow: /x/page.'], '/x/page.html', true],
    ['octets count, not characters as they are written', ['Disallow: /%61%62', 'Allow: /abc'], '/abc', true],
    ['an empty one says nothing', ['Disallow:', 'Allow:'], '/x', true],
    ['robots.txt itself is always allowed', ['Disallow: /'], '/robots.txt', true],
    [
      'the example of the standard allows its page',
      ['Allow: /example/page/', 'Disallow: /example/page/disallowed.gif'],
      '/example/page/',
      true,
    ],
    ['and forbids its picture', ['Allow: /example/page/', 'Disallow: /example/page/disallowed.gif'], '/example/page/disallowed.gif', false],
  ])('%s', (_what, lines, path, expected) => {
    expect(allowed(all(...lines), path)).toBe(expected);
  });
});

describe('groups', () => {
  const EXAMPLE = `User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
`;
  it.each([
    ['foobot', '/example/page.html', true],
    ['FooBot', '/example/allowed.gif', true],
    ['foobot', '/publications/', false],
    ['barbot', '/example/page.html', false],
    ['BAZBOT', '/example/page.html', false],
    ['bazbot', '/example/x.gif', true],
    ['quxbot', '/example/page.html', true],
    ['otherbot', '/a.gif', false],
    ['otherbot', '/a.gif?x', true],
    ['otherbot', '/publications/', true],
  ])("of the standard's example say to %s and %s", (token, path, expected) => {
    expect(allowed(EXAMPLE, path, token)).toBe(expected);
  });

  it('that name the same crawler are one, wherever they stand', () => {
    const body = 'User-agent: FooBot\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nuser-agent: foobot\nDisallow: /b\n';
    expect([allowed(body, '/a'), allowed(body, '/b'), allowed(body, '/c')]).toEqual([false, false, true]);
  });

  it.each(['FooBot/2.1', 'foobot', 'FOOBOT (all of them)', ' FooBot '])('name a crawler by its product token: %s', value => {
    expect(allowed(`User-agent: ${value}\nDisallow: /\n`, '/x')).toBe(false);
  });

  it.each(['Foo', 'FooBot-News', 'NotFooBot', '', '*bot'])('do not mean FooBot by %s', value => {
    expect(allowed(`User-agent: ${value}\nDisallow: /\n`, '/x')).toBe(true);
  });

  it.each(['*', '* (everyone)', 'FooBot\nUser-agent: *'])('are for everybody when they say %s', value => {
    expect(allowed(`User-agent: ${value}\nDisallow: /\n`, '/x', 'AnyBot')).toBe(false);
  });

  it('go on over empty lines, comments and lines of other kinds', () => {
    const body =
      'User-agent: FooBot # us\n\n# note\nSitemap: https://foo.example/s.xml\nUser-agent: BarBot\nHost: x\nDisallow: /x # not this\n';
    expect([allowed(body, '/x'), allowed(body, '/x', 'BarBot')]).toEqual([false, false]);
  });

  it('end with a Crawl-delay as with a rule: who only slows everybody does not forbid them what comes next', () => {
    const body = 'User-agent: *\nCrawl-delay: 7\n\nUser-agent: BadBot\nDisallow: /\n';
    expect(allowed(body, '/x')).toBe(true);
    expect(readRobots(body, 'FooBot').crawlDelay).toBe(7);
  });

  it('without a user agent before them are no groups', () => {
    expect(allowed('Disallow: /\n', '/x')).toBe(true);
  });
});

describe('a line', () => {
  const rule = ['User-agent: *', 'Disallow: /x'];
  it.each([
    ['LF', rule.join('\n')],
    ['CR LF', rule.join('\r\n')],
    ['CR alone', rule.join('\r')],
    ['a byte order mark', `\uFEFF${rule.join('\n')}`],
    ['names in any case', 'USER-AGENT: *\ndIsAlLoW: /x'],
    ['spaces around', '  User-agent  :  *  \n\tDisallow\t:\t/x\t'],
    ['a missing colon', 'user-agent *\ndisallow /x'],
    ['a common misspelling', 'useragent: *\nDisalow: /x'],
  ])('is read with %s', (_what, body) => {
    expect([allowed(body, '/x'), allowed(body, '/y')]).toEqual([false, true]);
  });

  it.each(['foo: *\nbar: /x', '<!doctype html><title>User-agent: * Disallow: /</title>', '\0\0\0', 'Disallow / for everybody'])(
    'of another kind says nothing: %j',
    body => {
      expect(allowed(body, '/x')).toBe(true);
    },
  );

  it('is named by its number, counted in every kind of line end', () => {
    expect(judge('User-agent: *\r\n\r\rDisallow: /x', '/x')).toEqual({
      allowed: false,
      line: 4,
      reason: 'line 4 of robots.txt forbids it',
    });
  });
});

describe('a hostile robots.txt', () => {
  const cpuMs = (work: () => void) => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const aMany = `/${'a'.repeat(1900)}`;

  it.each([
    ['many stars', all(...Array(480).fill(`Disallow: /${'*a'.repeat(500)}b`)), aMany],
    ['pieces that nearly fit again and again', all(...Array(480).fill(`Disallow: /*${'a'.repeat(1000)}b*`)), aMany],
    ['ten thousand wildcards', all(...Array.from({ length: 9_999 }, (_, n) => `Disallow: /*a${n}b`)), aMany],
    [
      'twenty thousand user agents before twenty thousand rules',
      `${'User-agent: *\n'.repeat(20_000)}${'Disallow: /x\n'.repeat(20_000)}`,
      '/y',
    ],
    ['one endless line', all(`Disallow: /${'*x'.repeat(250_000)}`), aMany],
    ['spaces without end', all(`Disallow:${' '.repeat(500_000)}/x`), '/y'],
  ])('of %s is judged in a moment', (_what, body, path) => {
    // Minutes or at least seconds for a matcher that goes back; the limit leaves room for a loaded machine.
    expect(cpuMs(() => judge(body, path))).toBeLessThan(700);
  });

  it('with more rules than anybody needs closes the site, and says so', () => {
    const body = all(...Array.from({ length: 10_001 }, (_, n) => `Disallow: /private${n}`));
    expect(judge(body, '/jobs')).toEqual({ allowed: false, line: null, reason: 'robots.txt has more than 10000 rules' });
  });

  it('that takes too much work closes what it would take to judge, and says so', () => {
    const body = all(...Array.from({ length: 9_000 }, (_, n) => `Disallow: /*b${n}`));
    expect(judge(body, aMany)).toMatchObject({ allowed: false, line: null, reason: 'robots.txt takes too much work to be understood' });
    expect(allowed(body, '/jobs/1')).toBe(true);
  });

  it('loses no rule that could forbid something by its length: only those no address is long enough for', () => {
    const long = 'x'.repeat(1500);
    expect(allowed(all(`Disallow: /${long}`), `/${long}/1`)).toBe(false);
    expect(allowed(all(`Disallow: /${'x'.repeat(7000)}`), `/${long}`)).toBe(true);
  });
});

it('random patterns match random paths exactly as the regular expression of the same meaning does', () => {
  const text = fc.stringMatching(/^[ab/]{0,7}$/);
  const pattern = fc.stringMatching(/^[ab/*]{0,7}\$?$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), pattern), { maxLength: 4 }), text, (rules, tail) => {
      const path = `/${tail.replace(/^\/+/, '')}`;
      const body = all(...rules.map(([allow, value]) => `${allow ? 'Allow' : 'Disallow'}: ${value}`));
      const meant = rules
        .filter(
          ([, value]) =>
            value !== '' && new RegExp(`^${value.replaceAll('*', '.*').replace(/\$$/, '\\z').replace('\\z', '$')}`, 's').test(path),
        )
        .sort(([a, one], [b, two]) => two.length - one.length || Number(b) - Number(a));
      expect(allowed(body, path)).toBe(meant[0]?.[0] ?? true);
    }),
    { numRuns: 3000 },
  );
});

it('quotes a line without what a terminal would obey', () => {
  expect(lineOf('User-agent: *\nDisallow: /\x1b[2J\x9b1m\tjobs\u202e', 2)).toBe('Disallow: /[2J1m jobs');
});
