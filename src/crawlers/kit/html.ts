import { type CheerioAPI, load } from 'cheerio';
import { Parser, Tokenizer } from 'parse5';
import { adapter as tree } from 'parse5-htmlparser2-tree-adapter';
import { OmbreError } from '../../errors.ts';

/** The longest page that is parsed, in characters. */
const LONGEST = 10_000_000;
/** Elements open within each other. The parser looks through all of them at every tag, so that a megabyte of them would take minutes. */
const DEEPEST = 500;
/** Elements of one page. A tag of three characters may open some hundred of them: bold text goes on in the next paragraph. */
const MOST = 300_000;
/** Attributes of one tag: the parser compares each with all before it. */
const MOST_ATTRIBUTES = 1_000;

/**
 * Parses an HTML page, or a part of one, as browsers do. No tree is deeper than a thousand nodes, so that walks may call themselves.
 * Throws E_TOO_LARGE as soon as the page is longer, deeper or has more of anything than any page of a board; `readPage` makes that a page which is
 * not understood. Only what the parser really opens counts: tags inside scripts, comments, text areas and drawings that close do not.
 */
export function loadHtml(html: string): CheerioAPI {
  if (html.length > LONGEST) throw tooLarge(`the page is longer than ${LONGEST / 1_000_000} million characters`);
  let open = 0;
  let opened = 0;
  const counting: typeof tree = {
    ...tree,
    onItemPush() {
      open += 1;
      opened += 1;
      if (open > DEEPEST) throw tooLarge(`the page has more than ${DEEPEST} elements within each other`);
      if (opened > MOST) throw tooLarge(`the page has more than ${MOST} elements`);
    },
    onItemPop() {
      open -= 1;
    },
  };
  const parser = new Parser({ treeAdapter: counting, scriptingEnabled: true });
  parser.tokenizer = new FewAttributes(parser.options, parser);
  parser.tokenizer.write(html, true);
  return load(parser.document);
}

class FewAttributes extends Tokenizer {
  protected override _leaveAttrName(): void {
    const { currentToken: token } = this;
    if (token !== null && 'attrs' in token && token.attrs.length >= MOST_ATTRIBUTES)
      throw tooLarge(`the page has a tag with more than ${MOST_ATTRIBUTES} attributes`);
    super._leaveAttrName();
  }
}

const tooLarge = (why: string) => new OmbreError('E_TOO_LARGE', why);

/** Whether an error is that of a page too large to be parsed. */
export function isTooLarge(error: unknown): error is OmbreError {
  return error instanceof OmbreError && error.code === 'E_TOO_LARGE';
}
