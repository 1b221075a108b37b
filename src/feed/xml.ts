/** Characters XML 1.0 cannot hold, and halves of surrogate pairs. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text as XML may hold it: illegal characters are dropped. */
function legal(text: string): string {
  return text.replace(ILLEGAL, '');
}

/** Text for an element: hexadecimal references are the form that the most readers take the same way. A carriage return would be lost. */
export function escapeXml(text: string): string {
  return legal(text).replace(/[&<>\r]/g, char => `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`);
}

function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/["\t\n]/g, char => `&#x${char.charCodeAt(0).toString(16).toUpperCase()};`);
}

type Attributes = Record<string, string>;

/** An element with text in it. */
export function element(name: string, text: string, attributes: Attributes = {}): string {
  return `<${name}${attributesText(attributes)}>${escapeXml(text)}</${name}>`;
}

/** An element with nothing in it. */
export function empty(name: string, attributes: Attributes): string {
  return `<${name}${attributesText(attributes)}/>`;
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('');
}
