import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';
import { QUESTIONS } from '../../src/web/questions.ts';
import { type SourceFile, sourceFiles } from '../support/rooms.ts';
import { type TestSite, testSite } from './_site.ts';

/** Words whose British spelling an American reader stumbles over; each also with its endings. */
const BRITISH =
  /\b(?:licence|programme(?!d|r)|colour|favour|honour|behaviour|labour|neighbour|rumour|vapour|humour|paediatric|orthopaedic|anaesthe|haemo|ageing|catalogue|dialogue box|whilst|amongst|learnt|centre|metre|theatre|fibre|defence|offence|pretence|grey|cheque|mould|tyre|judgement|acknowledgement|enrol(?!l)|fulfil(?!l)|skilful|instal(?!l)|travell|labell(?!edby)|modell|signall|counsell|cosy|sceptic|manoeuvre|practis|trialling|(?:organ|author|priorit|standard|recogn|real|special|sanit|optim|minim|maxim|summar|util|categor|normal|apolog|emphas|final|general|ident|memor|organ|personal|visual|custom|initial)is(?:e[drs]?|ing|ation\w*)|analys(?:e[dr]?|ing)\b)\w*/gi;

/** Names in code that no reader sees. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'src/digest/reply-words.ts': ['authorised'],
};

/** The British words of a text; a name made of several words is none. */
const british = (text: string) => Array.from(text.matchAll(BRITISH), ([word]) => word).filter(word => !/[a-z][A-Z]/.test(word));
const wrong = ({ path, code }: Pick<SourceFile, 'path' | 'code'>) =>
  british(code)
    .filter(word => !NAMES[path]?.includes(word))
    .map(word => `${path}: ${word}`);

describe('US spelling', () => {
  it('knows British words from American ones', () => {
    expect(british('A licence, two programmes; an organisation’s colours, analysed in the centre of ageing')).toEqual([
      'licence',
      'programmes',
      'organisation',
      'colours',
      'analysed',
      'centre',
      'ageing',
    ]);
    const american = 'License programs programmed programmer analyses organized center enrolled installed fulfill practice exercise advise';
    expect(british(`${american} realistic specialist minimum finalist revise promise generalist`)).toEqual([]);
  });

  it.each(['api', 'digest', 'feed', 'http', 'web'])('is kept in all that src/%s can say', room => {
    expect(sourceFiles(`src/${room}`).flatMap(wrong)).toEqual([]);
  });

  it('is kept in the names of paths, roles and credentials, and in the guides', () => {
    const folder = new URL('../../src/web/guides/', import.meta.url);
    const guides = readdirSync(folder).map(name => ({
      path: `src/web/guides/${name}`,
      code: readFileSync(new URL(name, folder), 'utf8'),
    }));
    expect(guides).toHaveLength(PATH_SLUGS.length);
    const taxonomy = sourceFiles('src/posting').filter(({ path }) => path.endsWith('/taxonomy.ts'));
    expect([...guides, ...taxonomy].flatMap(wrong)).toEqual([]);
  });

  describe('as a reader meets it', () => {
    let site: TestSite;
    beforeAll(async () => {
      site = await testSite({ subscriptions: true });
    });
    afterAll(() => site.close());

    const quiz = QUESTIONS.map(
      (_, n) =>
        `/start?${QUESTIONS.slice(0, n)
          .map(({ name }) => `${name}=any`)
          .join('&')}`,
    );
    const result = `/start?${QUESTIONS.map(({ name }) => `${name}=${name === 'reason' ? 'employer' : name === 'ready' ? 'not-yet' : 'any'}`).join('&')}`;
    const paths = PATH_SLUGS.map(path => `/paths/${path}`);
    const others = [
      '/',
      '/jobs',
      '/feeds',
      '/sources',
      '/about',
      '/bot',
      '/paths',
      '/api',
      '/nothing',
      '/jobs?credential=RN',
      '/feed.rss',
      '/feeds.opml',
    ];

    it.each([...quiz, result, ...paths, ...others])('is kept on %s', async path => {
      const answer = await fetch(`${site.origin}${path}`, { headers: { accept: 'text/html' } });
      const $ = load(await answer.text());
      const attributes = $('[content], [aria-label], [title], [alt], [placeholder]')
        .toArray()
        .flatMap(({ attribs }) => ['content', 'aria-label', 'title', 'alt', 'placeholder'].map(name => attribs[name] ?? ''));
      expect(british([$.root().text(), ...attributes].join('\n'))).toEqual([]);
    });
  });
});
