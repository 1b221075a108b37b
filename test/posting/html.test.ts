import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf, decodeEntities, decodeUntilMarkup, looksLikeHtml, MAX_HTML, sanitize, toText } from '../../src/posting/html.ts';

/** Html as careless people and hostile ones write it: tags opened and closed in any order. */
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '<p>',
          '</p>',
          '<div>',
          '</div>',
          '<ul>',
          '</ul>',
          '<ol>',
          '</ol>',
          '<li>',
          '</li>',
          '<br>',
          '<b>',
          '</b>',
          '<strong>',
          '</strong>',
        ],
        ...['<h1>', '</h1>', '<h3>', '</h3>', '<blockquote>', '</blockquote>', '<table>', '<tr>', '<td>', '</td>', '</tr>', '</table>'],
        ...[
          '<a href="https://example.org/a?b=1&c=2">',
          '<a href="javascript:alert(1)">',
          '</a>',
          '<script>',
          '</script>',
          '<style>',
          '</style>',
        ],
        ...['&nbsp;', '&lt;', '&amp;', '&#11;', '&#0;', ' ', '\n', '\u200b', '\v', '<!--', '-->', '<svg onload=x>', '<', '>', '"'],
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map(parts => parts.join(''));

describe('sanitize', () => {
  it('keeps paragraphs, lists, emphasis, two levels of heading and links, and drops every attribute but href', () => {
    expect(sanitize('<p class="x" style="color:red" id=i>One <strong>two</strong> <em>three</em></p><ul><li>Four</li></ul>')).toBe(
      '<p>One <strong>two</strong> <em>three</em></p><ul><li>Four</li></ul>',
    );
  });

  it('maps other headings to h3 and h4', () => {
    expect(sanitize('<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4><h5>E</h5><h6>F</h6>')).toBe(
      '<h3>A</h3><h3>B</h3><h3>C</h3><h4>D</h4><h4>E</h4><h4>F</h4>',
    );
  });

  it('marks links as foreign and keeps only those of http, https and mailto', () => {
    expect(sanitize('<a href=" https://jobs.example.org/?a=1&amp;b=2" target=_blank onclick=x>apply</a>')).toBe(
      '<a href="https://jobs.example.org/?a=1&amp;b=2" rel="nofollow noopener noreferrer ugc">apply</a>',
    );
    for (const href of [
      'javascript:alert(1)',
      'java&#10;script:alert(1)',
      'data:text/html,x',
      '//evil.example',
      '/careers',
      'vbscript:x',
    ]) {
      expect(sanitize(`<a href="${href}">words</a>`)).toBe('words');
    }
  });

  it('drops scripts, styles, frames and images with their contents', () => {
    expect(
      sanitize(
        '<script>alert(1)</script><style>p{}</style><iframe src="https://x.example">in</iframe><img src=x onerror=alert(1)><p>left</p>',
      ),
    ).toBe('<p>left</p>');
  });

  it('makes flat paragraphs of nested divs and of table cells, and keeps the words apart', () => {
    expect(sanitize('<div>a<div>b<div>c</div>d</div>e</div>')).toBe('<p>a</p><p>b</p><p>c</p>d<br />e');
    expect(toText('<table><tr><td>Pay</td><td>$40</td></tr></table>')).toBe('Pay\n\n$40');
  });

  it('puts list items that came without their list into one', () => {
    expect(sanitize('<li>a</li><li>b</li>')).toBe('<ul><li>a</li><li>b</li></ul>');
  });

  it.each([
    ['an empty list before an item', '<ol></ol><li>a', '<ul><li>a</li></ul>'],
    ['an empty list in a paragraph, and a space', '<ul><p> &nbsp;\v</span></ul><li>b c', '<ul><li>b c</li></ul>'],
    ['a break before an item', '<p><ol></ol><br/><li>&amp; ', '<ul><br /><li>&amp; </li></ul>'],
    ['a paragraph nested too deep', `${'<b>'.repeat(40)}<p>a</p> b`, `${'<b>'.repeat(40)}a<br />b${'</b>'.repeat(40)}`],
    ['a break nested too deep', `${'<b>'.repeat(41)}a <br> b`, `${'<b>'.repeat(40)}a <br /> b${'</b>'.repeat(40)}`],
  ])('changes nothing the second time of %s', (_, html, expected) => {
    expect(sanitize(html)).toBe(expected);
    expect(sanitize(expected)).toBe(expected);
  });

  it('changes nothing the second time, whatever it is given', () => {
    fc.assert(
      fc.property(soup, fc.constantFrom('', '<em>'.repeat(38), '<ol></ol>', '<blockquote>'.repeat(40)), (rest, before) => {
        const html = `${before}${rest}`;
        const once = sanitize(html);
        expect(sanitize(once)).toBe(once);
        expect(toText(once)).toBe(toText(html));
      }),
      { numRuns: 500 },
    );
  });

  it('never lets a tag or an attribute through that is not on the list', () => {
    fc.assert(
      fc.property(soup, html => {
        const left = sanitize(html)
          .replace(/<\/?(?:p|ul|ol|li|strong|em|b|i|h3|h4|blockquote|a)>|<br \/>/g, '')
          .replace(/<a href="(?:https?:\/\/|mailto:)[^"<>]*" rel="nofollow noopener noreferrer ugc">/g, '');
        expect(left).not.toMatch(/[<>]/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('toText', () => {
  it('keeps headings on lines of their own, list items as "- item" and paragraphs apart', () => {
    expect(
      toText(
        '<h2>What you do</h2><ul><li>Review <b>charts</b></li><li><p>Write</p></li></ul><p>First<br>line</p><ol><li>one</li><li>two</li></ol>',
      ),
    ).toBe('What you do\n- Review charts\n- Write\n\nFirst\nline\n\n1. one\n2. two');
  });

  it('writes bullets typed as characters like those of a list', () => {
    expect(toText('<p>• One<br>·Two<br>* Three<br>– Four</p>')).toBe('- One\n- Two\n- Three\n- Four');
  });

  it('makes one space of white space and drops what no reader sees', () => {
    expect(toText('<p>OT&nbsp;&nbsp;or\u200b \t COTA\u202e\u0007 &#xD800;</p>')).toBe('OT or COTA \ufffd');
    expect(toText('a\ud800b')).toBe('ab');
  });

  it('does not fall over 20,000 nested divs or lists', () => {
    expect(toText(`${'<div>'.repeat(20_000)}deep${'</div>'.repeat(20_000)}`)).toBe('deep');
    expect(toText(`${'<ul><li>'.repeat(20_000)}deep`)).toContain('deep');
    // 3,000 of them took a minute where every end was looked for from every blank.
    expect(toText(`${'<p><b>'.repeat(20_000)}deep`)).toContain('deep');
  });

  it('reads no more than the limit', () => {
    expect(toText('x'.repeat(MAX_HTML + 5)).length).toBe(MAX_HTML);
  });
});

describe('entities', () => {
  it('are decoded once', () => {
    expect(decodeEntities('R&amp;amp;D &ndash; &#8217;')).toBe('R&amp;D – ’');
  });

  it('need their semicolon, so that addresses stay whole', () => {
    expect(decodeEntities('https://x.example/?a=1&region=2&copy=3')).toBe('https://x.example/?a=1&region=2&copy=3');
  });

  it('are decoded up to twice when markup comes out, and not at all when none does', () => {
    expect(decodeUntilMarkup('&lt;p&gt;Hi&lt;/p&gt;')).toBe('<p>Hi</p>');
    expect(decodeUntilMarkup('&amp;lt;p&amp;gt;Hi &amp;amp;amp; you')).toBe('<p>Hi &amp; you');
    expect(decodeUntilMarkup('&amp;amp;lt;p&amp;amp;gt;')).toBe('&amp;amp;lt;p&amp;amp;gt;');
    expect(decodeUntilMarkup('<p>5 &lt; 6 &lt;b&gt;</p>')).toBe('<p>5 &lt; 6 &lt;b&gt;</p>');
    expect(decodeUntilMarkup('Physical &amp; Occupational')).toBe('Physical &amp; Occupational');
  });

  it('markup is a tag boards write, not any angle bracket', () => {
    for (const text of ['<p>', 'x<br/>y', '<DIV class="a">', '</li>']) expect(looksLikeHtml(text)).toBe(true);
    for (const text of ['a < b', '<c0>data</c0>', '< p >', 'x <y@example.org>', '']) expect(looksLikeHtml(text)).toBe(false);
  });
});

describe('bodyOf', () => {
  it('puts headings and parts together in their order', () => {
    const body = bodyOf([
      { heading: 'About &amp; us', text: 'We review.\n\nNeeds:\n• OT\n• COTA' },
      { heading: 'Duties', html: '<li>Read</li><li>Write</li>' },
      { html: '&lt;p&gt;Escaped&lt;/p&gt;' },
    ]);
    expect(body.text).toBe('About & us\n\nWe review.\n\nNeeds:\n\n- OT\n- COTA\n\nDuties\n- Read\n- Write\n\nEscaped');
    expect(body.html).toContain('<h3>About &amp; us</h3>');
    expect(body.html).toContain('<ul><li>Read</li><li>Write</li></ul>');
  });

  it('takes plain text as text, even where it holds angle brackets', () => {
    expect(bodyOf([{ text: 'Use <b> & "quotes"; R&amp;D' }])).toEqual({
      html: '<p>Use &lt;b&gt; &amp; "quotes"; R&amp;D</p>',
      text: 'Use <b> & "quotes"; R&D',
    });
  });

  it('one part left open does not swallow the next', () => {
    expect(bodyOf([{ html: '<ul><li><b>Open' }, { html: '<p>Next</p>' }]).text).toBe('- Open\n\nNext');
    expect(bodyOf([{ html: '<p>x</p><script>' }, { html: '<p>Next</p>' }]).text).toBe('x\n\nNext');
  });

  it('text is what the html shows, so spans can be found in either', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ heading: fc.string(), html: soup, text: fc.string({ unit: 'binary' }) }), { maxLength: 3 }),
        parts => {
          const body = bodyOf(parts);
          expect(toText(body.html)).toBe(body.text);
          expect(body.text).not.toMatch(/[ \t]\n|\n\n\n|\n[ \t]|^\s|\s$|\r|\u0000/);
        },
      ),
    );
  });

  it('is empty when there is nothing', () => {
    expect(bodyOf([])).toEqual({ html: '', text: '' });
    expect(bodyOf([{ html: ' <p>&nbsp;</p> ', text: '\n' }])).toEqual({ html: '', text: '' });
  });
});
