import type { CheerioAPI } from 'cheerio';
import type { AnyNode, Element, ParentNode } from 'domhandler';
import { takeAway } from './take-away.ts';

/** What stands around the content of a page, by its element, its role, or a style that hides it. */
const CHROME =
  'nav, footer, iframe, svg, img, picture, video, audio, canvas, object, embed, select, option, textarea, input, label, button, dialog, ' +
  '[role="navigation"], [role="contentinfo"], [role="search"], [role="dialog"], [role="alertdialog"], [role="menu"], [role="menubar"], ' +
  '[style*="display:none" i], [style*="display: none" i]';
/** Or by a word of its class or id: `site-footer`, `PageFooter`, `cookie_banner`. */
const CHROME_WORDS =
  /\b(?:cookies?|consent|gdpr|onetrust|breadcrumbs?|share|sharing|social|newsletter|subscribe|modal|popup|skip|sidebar|related|similar|recommended|menu|nav|navigation|navbar|topbar|footer|pagination)\b/i;
/** What holds so much of the page's text is its frame, whatever it is called: `has-sidebar`. */
const FRAME = 0.5;
/** A block of so much link text, with so many links, leads elsewhere. */
const LINKED = 0.6;
const LINKS = 3;

/**
 * Takes away what stands around the content of a page, and answers the element that holds it: `main` where there is one, else the body. Rather
 * too much stays than too little, since what is lost here nobody reads. Every element is looked at a few times, however they are nested.
 */
export function mainContent($: CheerioAPI): ReturnType<CheerioAPI> {
  takeAway($(CHROME).toArray());
  const body = $('body').get(0);
  const counts = countsOf(body);
  const most = (counts.get(body as Element)?.text ?? 0) * FRAME;
  const small = (element: Element) => (counts.get(element)?.text ?? 0) < most;
  takeAway(
    $('[class], [id]')
      .toArray()
      .filter(element => small(element) && CHROME_WORDS.test(wordsOf(element))),
  );
  takeAway($('body > header, body > div > header').toArray().filter(small));
  const main = $('main, [role="main"]');
  const root = main.length === 1 && !small(main.get(0) as Element) ? main : $('body');
  takeAway(linkBlocks(root.get(0), counts));
  return root as ReturnType<CheerioAPI>;
}

/** The words of an element's class and id, those written together by a capital taken apart. */
function wordsOf({ attribs }: Element): string {
  return `${attribs.class ?? ''} ${attribs.id ?? ''}`.replace(/_/g, ' ').replace(/([a-z])(?=[A-Z])/g, '$1 ');
}

type Count = { text: number; linked: number; links: number };

/** Of every element below one: its characters, those in links, and its links. */
function countsOf(top: AnyNode | undefined): Map<AnyNode, Count> {
  const counts = new Map<AnyNode, Count>();
  const waiting = top && 'children' in top ? [top] : [];
  // Every element stands behind the one that holds it, so that backwards each is whole before it is added.
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    counts.set(node, ownCount(node));
    for (const child of node.children) if ('children' in child) waiting.push(child);
  }
  for (const [node, count] of [...counts].reverse()) {
    if (isLink(node)) [count.links, count.linked] = [count.links + 1, count.text];
    const around = node === top ? undefined : counts.get(node.parent as AnyNode);
    if (around === undefined) continue;
    around.text += count.text;
    around.linked += count.linked;
    around.links += count.links;
  }
  return counts;
}

const isLink = (node: AnyNode): boolean => 'name' in node && node.name === 'a';

/** The characters that stand in an element itself. */
function ownCount(node: ParentNode): Count {
  let text = 0;
  for (const child of node.children) if (child.type === 'text') text += child.data.trim().length;
  return { text, linked: 0, links: 0 };
}

/** The outermost blocks below an element that are mostly links. */
function linkBlocks(root: AnyNode | undefined, counts: ReadonlyMap<AnyNode, Count>): Element[] {
  const found: Element[] = [];
  const waiting: AnyNode[] = root && 'children' in root ? [...(root.children as AnyNode[])] : [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const count = counts.get(node);
    if (!count || !('name' in node && 'children' in node) || node.name === 'a') continue;
    if (count.links >= LINKS && count.linked >= count.text * LINKED) found.push(node as Element);
    else for (const child of node.children) waiting.push(child as AnyNode);
  }
  return found;
}
