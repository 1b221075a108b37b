import type { CheerioAPI } from 'cheerio';
import type { AnyNode, Element } from 'domhandler';

/** What stands around the content of a page, by its element, its role, or a word of its class or id. */
const CHROME =
  'nav, footer, iframe, svg, img, picture, video, audio, canvas, object, embed, select, option, textarea, input, label, button, dialog, ' +
  '[role="navigation"], [role="contentinfo"], [role="search"], [role="dialog"], [role="alertdialog"], [role="menu"], [role="menubar"]';
const CHROME_WORDS =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|breadcrumbs?|share|sharing|social|newsletter|subscribe|modal|popup|skip|sidebar|related|similar|recommended|menu|navbar|topbar|pagination)(?:$|[\s_-])/i;
/** A block of so much link text, with so many links, leads elsewhere. */
const LINKED = 0.6;
const LINKS = 3;

/** Takes away what stands around the content of a page, and answers the element that holds it: `main` where there is one, else the body. */
export function mainContent($: CheerioAPI): ReturnType<CheerioAPI> {
  $(CHROME).remove();
  $('[class], [id]')
    .filter((_, element) => CHROME_WORDS.test(`${$(element).attr('class') ?? ''} ${$(element).attr('id') ?? ''}`))
    .filter((_, element) => !holdsThePage(element))
    .remove();
  $('header')
    .filter((_, element) => $(element).closest('main, article, [role="main"]').length === 0)
    .remove();
  const main = $('main, [role="main"]');
  const root = main.length === 1 ? main : $('body');
  for (const element of linkBlocksIn(root.get(0))) $(element).remove();
  return root.first() as ReturnType<CheerioAPI>;
}

/** A class such as `has-sidebar` on the page's own frame says nothing of what it holds. */
function holdsThePage(element: Element): boolean {
  return ['html', 'body', 'main', 'article'].includes(element.name) || element.children.some(isMain);
}

const isMain = (node: AnyNode): boolean => 'name' in node && ['main', 'article'].includes(node.name);

type Count = { text: number; linked: number; links: number };

/** The outermost blocks below an element that are mostly links. Every element is looked at once. */
function linkBlocksIn(root: AnyNode | undefined): Element[] {
  const found: Element[] = [];
  const walk = (node: AnyNode, inLink: boolean): Count => {
    if (node.type === 'text') {
      const length = node.data.trim().length;
      return { text: length, linked: inLink ? length : 0, links: 0 };
    }
    if (!('children' in node)) return { text: 0, linked: 0, links: 0 };
    const isLink = 'name' in node && node.name === 'a';
    const before = found.length;
    const count: Count = { text: 0, linked: 0, links: isLink ? 1 : 0 };
    for (const child of node.children) {
      const { text, linked, links } = walk(child as AnyNode, inLink || isLink);
      count.text += text;
      count.linked += linked;
      count.links += links;
    }
    if (node !== root && 'name' in node && !isLink && count.links >= LINKS && count.linked >= count.text * LINKED) {
      found.splice(before, found.length - before, node as Element);
    }
    return count;
  };
  if (root) walk(root, false);
  return found;
}
