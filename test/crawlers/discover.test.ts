import { describe, expect, it } from 'vitest';
import { boardsInPage } from '../../src/crawlers/discover.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';

const systems = await loadSystems();
const found = (body: string, url = 'https://www.acme.example/careers') =>
  boardsInPage(`<!doctype html><html><head><title>Careers</title></head><body>${body}</body></html>`, url, systems);

describe('the boards in a careers page', () => {
  it.each([
    ['a frame', '<iframe src="https://boards.greenhouse.io/embed/job_board?for=acme"></iframe>', 'greenhouse', { board: 'acme' }],
    ['a script', '<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>', 'greenhouse', { board: 'acme' }],
    ['a link', '<a href="https://jobs.lever.co/acme">See open roles</a>', 'lever', { site: 'acme' }],
    ['a link without a scheme', '<a href="//apply.workable.com/acme/">Jobs</a>', 'workable', { account: 'acme' }],
    ['a form', '<form action="https://careers-acme.icims.com/jobs/search"></form>', 'icims', { host: 'careers-acme.icims.com' }],
    ['a data attribute', '<div data-url="https://jobs.ashbyhq.com/acme"></div>', 'ashby', { board: 'acme' }],
    [
      'the text of a script, slashes escaped',
      String.raw`<script>window.board = {"url":"https:\/\/acme.wd5.myworkdayjobs.com\/en-US\/External"};</script>`,
      'workday',
      { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' },
    ],
    ['the text of a script', `<script>load('https://api.lever.co/v0/postings/acme?mode=json')</script>`, 'lever', { site: 'acme' }],
  ])('are told by %s', (_how, body, system, target) => {
    expect(found(body)).toEqual([{ system, target }]);
  });

  it('come with the one named most often first, each once', () => {
    const body = `<a href="https://jobs.lever.co/partner">A partner</a>
      ${'<a href="https://job-boards.greenhouse.io/acme/jobs/1">Job</a>'.repeat(3)}`;
    expect(found(body)).toEqual([
      { system: 'greenhouse', target: { board: 'acme' } },
      { system: 'lever', target: { site: 'partner' } },
    ]);
  });

  it('are preferred to sites that gather postings, and these to what any site offers', () => {
    const body = `<link rel="alternate" type="application/rss+xml" title="Job openings" href="/jobs/feed">
      ${'<a href="https://remotive.com/remote-jobs/medical">Remote</a>'.repeat(5)}<a href="https://jobs.lever.co/acme">Jobs</a>`;
    expect(found(body).map(({ system }) => system)).toEqual(['lever', 'remotive', 'feed']);
  });

  it('are none on a page that names none, however broken it is', () => {
    expect(found('<a href="https://www.linkedin.com/company/acme/jobs">Follow us</a><a href="mailto:jobs@acme.example">Mail</a>')).toEqual(
      [],
    );
    expect(found('<a href="http://[::1">x</a><a href="javascript:void(0)">y</a><a>z</a><iframe src=""></iframe>')).toEqual([]);
    expect(boardsInPage('', 'https://www.acme.example/', systems)).toEqual([]);
    expect(boardsInPage('\u0000<<<<', 'https://www.acme.example/', systems)).toEqual([]);
  });

  it('are looked for in a bounded part of a huge page', () => {
    const links = '<a href="https://www.acme.example/x">x</a>'.repeat(6000);
    expect(found(`${links}<a href="https://jobs.lever.co/acme">Jobs</a>`)).toEqual([]);
    expect(found(`<a href="https://jobs.lever.co/acme">Jobs</a>${links}`)).toHaveLength(1);
  });
});

describe('what any site may offer', () => {
  it('is a feed that is named as one of jobs', () => {
    const link = (title: string, href: string) => `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`;
    expect(found(link('Open positions', '/positions.rss'))).toEqual([
      { system: 'feed', target: { feed: 'https://www.acme.example/positions.rss' } },
    ]);
    expect(found(link('Blog', '/blog/feed'))).toEqual([]);
  });

  it('is a sitemap, where the page carries JobPosting data', () => {
    const data =
      '<script type="application/ld+json">{"@context":"https://schema.org","@type":"JobPosting","title":"Case Manager"}</script>';
    expect(found(data, 'https://www.acme.example/jobs/case-manager')).toEqual([
      { system: 'jsonld', target: { sitemap: 'https://www.acme.example/sitemap.xml' } },
    ]);
    expect(found('<script type="application/ld+json">{"@type":"Organization"}</script>')).toEqual([]);
  });
});
