const IMAGE_DATA = /data:image\/[a-z.+-]{1,20};base64,[A-Za-z0-9+/=]*/g;

/** HTML without the images that were pasted into it as data: one can be longer than the longest text that is read. */
export function withoutImageData(html: string): string {
  return html.replace(IMAGE_DATA, '');
}
