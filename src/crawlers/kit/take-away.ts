import type { AnyNode, ChildNode } from 'domhandler';

/** Takes elements out of their document, all at once: one after the other looks through every neighbor of each. For documents that are only read afterwards. */
export function takeAway(elements: readonly AnyNode[]): void {
  const gone = new Set<AnyNode>(elements);
  for (const parent of new Set(elements.map(({ parent }) => parent))) {
    if (!parent) continue;
    const left: ChildNode[] = parent.children.filter(child => !gone.has(child));
    left.forEach((child, index) => {
      child.prev = left[index - 1] ?? null;
      child.next = left[index + 1] ?? null;
    });
    parent.children = left;
  }
}
