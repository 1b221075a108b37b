import { SaxesParser } from 'saxes';

/** An element: its local name, attributes, own text (trimmed, CDATA included) and child elements. */
export type XmlNode = { name: string; attributes: Record<string, string>; text: string; children: XmlNode[] };

const MAX_DEPTH = 100;

/**
 * Parses an XML document strictly. A document type is refused: feeds and sitemaps need none, and entity bombs do.
 * Names lose their prefix: `tt:location` is `location`.
 */
export function parseXml(body: string): { root: XmlNode } | { why: string } {
  const top: XmlNode = { name: '', attributes: {}, text: '', children: [] };
  const stack = [top];
  const parser = new SaxesParser({ xmlns: false });
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  const addText = (text: string) => {
    const open = stack.at(-1);
    if (open) open.text += text;
  };
  parser.on('error', error => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('it declares a document type');
  });
  parser.on('opentag', tag => {
    if (stack.length > MAX_DEPTH) throw new Error(`it is nested deeper than ${MAX_DEPTH}`);
    const attributes = Object.fromEntries(
      Object.entries(tag.attributes as Record<string, string>).map(([name, value]) => [local(name), value]),
    );
    const node: XmlNode = { name: local(tag.name), attributes, text: '', children: [] };
    stack.at(-1)?.children.push(node);
    stack.push(node);
  });
  parser.on('closetag', () => {
    const closed = stack.pop();
    if (closed) closed.text = closed.text.trim();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(body.replace(/^\uFEFF?\s*(?=<)/, '')).close();
  } catch (error) {
    return { why: `the answer is no whole XML: ${(error as Error).message.slice(0, 120)}` };
  }
  const root = top.children[0];
  return root ? { root } : { why: 'the answer holds no XML element' };
}

/** The children of a name. */
export function childrenOf(node: XmlNode | undefined, name: string): XmlNode[] {
  return node?.children.filter(child => child.name === name) ?? [];
}

/** The text of the first child of a name; null when there is none or it is blank. */
export function childText(node: XmlNode | undefined, name: string): string | null {
  return childrenOf(node, name)[0]?.text || null;
}
