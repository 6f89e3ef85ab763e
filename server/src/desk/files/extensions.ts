/** What may be uploaded: by extension, the content type it is served with and how its bytes are recognised. */
export interface Kind {
  contentType: string;
  /** The types that its bytes may be detected as. Empty for text, which has no signature. */
  sniffed: string[];
}

const text = (contentType = 'text/plain; charset=utf-8'): Kind => ({ contentType, sniffed: [] });
const binary = (contentType: string, ...more: string[]): Kind => ({
  contentType,
  sniffed: [contentType, ...more],
});

const ooxml = 'application/vnd.openxmlformats-officedocument';
const zip = 'application/zip';
const cfb = 'application/x-cfb';

export const kinds: ReadonlyMap<string, Kind> = new Map([
  ['7z', binary('application/x-7z-compressed')],
  ['avif', binary('image/avif')],
  ['bmp', binary('image/bmp')],
  ['cfg', text()],
  ['conf', text()],
  ['crt', text()],
  ['csr', text()],
  ['csv', text('text/csv; charset=utf-8')],
  ['doc', binary('application/msword', cfb)],
  ['docx', binary(`${ooxml}.wordprocessingml.document`, zip)],
  ['eml', text()],
  ['gif', binary('image/gif')],
  ['gz', binary('application/gzip')],
  ['heic', binary('image/heic', 'image/heif')],
  ['ini', text()],
  ['jpeg', binary('image/jpeg')],
  ['jpg', binary('image/jpeg')],
  ['json', text('application/json')],
  ['log', text()],
  ['md', text()],
  ['mov', binary('video/quicktime')],
  ['mp4', binary('video/mp4', 'video/quicktime')],
  ['odp', binary('application/vnd.oasis.opendocument.presentation', zip)],
  ['ods', binary('application/vnd.oasis.opendocument.spreadsheet', zip)],
  ['odt', binary('application/vnd.oasis.opendocument.text', zip)],
  ['pcap', binary('application/vnd.tcpdump.pcap')],
  ['pdf', binary('application/pdf')],
  ['pem', text()],
  ['png', binary('image/png', 'image/apng')],
  ['pptx', binary(`${ooxml}.presentationml.presentation`, zip)],
  ['rar', binary('application/x-rar-compressed')],
  ['rtf', binary('application/rtf')],
  ['sql', text()],
  ['tar', binary('application/x-tar')],
  ['tgz', binary('application/gzip')],
  ['tif', binary('image/tiff')],
  ['tiff', binary('image/tiff')],
  ['txt', text()],
  ['webm', binary('video/webm', 'video/matroska')],
  ['webp', binary('image/webp')],
  ['xls', binary('application/vnd.ms-excel', cfb)],
  ['xlsx', binary(`${ooxml}.spreadsheetml.sheet`, zip)],
  ['xml', text('application/xml')],
  ['yaml', text()],
  ['yml', text()],
  ['zip', binary(zip)],
]);
