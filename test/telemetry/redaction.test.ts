import { describe, expect, test } from 'vitest';
import { readConfig, secretValues } from '../../src/config.ts';
import { redactor } from '../../src/telemetry/redaction.ts';

const redact = redactor([]);

describe('a line of the log loses', () => {
  test.each([
    ['the account in an address', 'no answer of postgres://ombre:s3cret@db:5432/ombre', 'no answer of postgres://***@db:5432/ombre'],
    ['one whose password has a slash, spelled', 'redis://:a%2Fb@redis:6379', 'redis://***@redis:6379'],
    ['one with an @ in the password', 'smtps://me@x.example:p@ss@mail.example:465', 'smtps://***@mail.example:465'],
    ['a user without a password', 'postgres://ombre@/ombre?host=/run', 'postgres://***@/ombre?host=/run'],
    ['keys in a query', 'GET /v1/jobs?app_id=5&app_key=abc123&page=2', 'GET /v1/jobs?app_id=***&app_key=***&page=2'],
    ['an api key under its other names', '?api_key=a&apikey=b&token=c&sig=d', '?api_key=***&apikey=***&token=***&sig=***'],
    ['a query within a query', '/go?to=x%3Fa=1&token%3Dabc', '/go?to=x%3Fa=1&token%3D***'],
    ['a secret page', '/u/k1.abc.def?x=1', '/u/***?x=1'],
    ['the page of a subscription, and of its confirmation', '/manage/abc /subscribe/confirm/def', '/manage/*** /subscribe/confirm/***'],
    ['a bearer token', 'authorization: Bearer abcdef123456', 'authorization: Bearer ***'],
    ['a mail address', '550 <ann.lee+jobs@mail.example.org>: no such user', '550 <***>: no such user'],
    ['one within an address', '/jobs?q=ann%40example.org', '/jobs?q=***'],
    ['one in a field of a query', '?email=ann%40localhost&x=1', '?email=***&x=1'],
  ])('%s', (_, line, left) => {
    expect(redact(line)).toBe(left);
  });

  test('nothing else', () => {
    const line =
      '{"level":30,"time":1795984834548,"source":"fern","url":"https://fern.example/jobs/1?page=2&keyword=ot","at":"src/app/x.ts:3:1","msg":"12 @ 5 a.m. under/over"}';
    expect(redact(line)).toBe(line);
  });
});

test('what settings hold as secrets is taken out wherever it stands, as JSON and addresses spell it, and the line stays JSON', () => {
  const config = readConfig({
    SMTP_URL: 'smtp://ombre:pass%2Fw%22rd1@mail.example',
    DATABASE_URL: 'postgres://ombre:databasepass@db/ombre',
    DIGEST_KEYS: 'k1:digest-secret-of-thirty-two-characters',
    BOUNCE_SECRET: 'bounce "secret" \\ of ours',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=collector-key',
  });
  const hide = redactor(secretValues(config));
  const secrets = [
    'pass/w"rd1',
    'pass%2Fw%22rd1',
    'databasepass',
    'digest-secret-of-thirty-two-characters',
    'bounce "secret" \\ of ours',
    'collector-key',
  ];
  for (const secret of secrets) {
    for (const line of [
      JSON.stringify({ msg: `it said ${secret}!` }),
      JSON.stringify({ url: `https://x.example/${encodeURIComponent(secret)}` }),
    ]) {
      const left = hide(line);
      expect(Object.values(JSON.parse(left))[0]).toMatch(/^(it said \*\*\*!|https:\/\/x\.example\/\*\*\*)$/);
    }
  }
});

test('a password that is not spelled as addresses want it stops nothing, and is hidden as it stands', () => {
  const hide = redactor(secretValues(readConfig({ DATABASE_URL: 'postgres://ombre:100%secret@db/ombre' })));
  expect(hide('it said 100%secret')).toBe('it said ***');
});

test('a secret of a few signs is left to its form: other words would go with it', () => {
  const hide = redactor(secretValues(readConfig({ DATABASE_URL: 'postgres://ombre:ombre@db/ombre' })));
  expect(hide('ombre cannot reach postgres://ombre:ombre@db/ombre')).toBe('ombre cannot reach postgres://***@db/ombre');
});

// Read by rules without a bound, each of these takes minutes, and the test is ended by its time limit.
test.each(['a.', 'a:', 'a@', 'a%40', '://', '/u/', '?key=&', 'a-b+'])('a line of 400,000 signs of %j is read to its end', part => {
  expect(redact(part.repeat(400_000 / part.length)).length).toBeGreaterThan(1_000);
});
