import { spawnSync } from 'node:child_process';

/** What Debian's feedparser read: `bozo` is 1 when the document is not well-formed. */
export type Read = {
  bozo: number;
  problem: string;
  version: string;
  feed: { title: string; updated: string; links: { rel: string; href: string }[] };
  entries: { id: string; title: string; summary: string; content: string; published: string; updated: string; link: string }[];
};

const SCRIPT = `
import json, sys, feedparser
d = feedparser.parse(sys.stdin.buffer.read(), response_headers={'content-type': sys.argv[1]}, sanitize_html=False)
iso = lambda t: '%04d-%02d-%02dT%02d:%02d:%02d' % t[:6] if t else ''
json.dump({'bozo': int(d.bozo), 'problem': str(d.get('bozo_exception', '')), 'version': d.version,
  'feed': {'title': d.feed.get('title', ''), 'updated': iso(d.feed.get('updated_parsed')), 'links': [{'rel': l.get('rel'), 'href': l.get('href')} for l in d.feed.get('links', [])]},
  'entries': [{'id': e.get('id', ''), 'title': e.get('title', ''), 'summary': e.get('summary', ''), 'content': (e.get('content') or [{'value': ''}])[0]['value'],
    'published': iso(e.get('published_parsed')), 'updated': iso(e.get('updated_parsed')), 'link': e.get('link', '')} for e in d.entries]}, sys.stdout)
`;

/** Debian's python3, whatever other Python comes first in the path: its feedparser package belongs to that one. */
const PYTHON = '/usr/bin/python3';

export const hasXmllint = has('xmllint', ['--version'], 'libxml2-utils');
export const hasFeedparser = has(PYTHON, ['-c', 'import feedparser'], 'python3-feedparser');

function has(command: string, args: string[], debian: string): boolean {
  const there = spawnSync(command, args).status === 0;
  if (!there) process.stderr.write(`skipped: the judge of Debian's ${debian} is not installed\n`);
  return there;
}

/** What xmllint has against a document; empty when it is well-formed. */
export function xmllintComplaints(xml: string): string {
  const { stderr, status } = spawnSync('xmllint', ['--noout', '--huge', '-'], { input: xml, encoding: 'utf8' });
  return status === 0 ? '' : stderr || `exit ${status}`;
}

export function readByFeedparser(document: string, type: string): Read {
  const { stdout, stderr, status } = spawnSync(PYTHON, ['-c', SCRIPT, type], { input: document, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Read;
}
