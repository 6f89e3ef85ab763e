export const file = {
  uuid: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  name: 'server.log',
  size: 18_204,
  extension: 'log',
  content_type: 'text/plain',
  created_at: '2026-11-23T19:58:40.000Z',
};

export const limits = {
  max_file_bytes: 20_000_000,
  max_files: 10,
  extensions: ['jpg', 'log', 'pdf', 'png', 'txt'],
};

export const fileExamples = {
  schemas: { UploadedFile: file },
  responses: { listExtensions: { items: limits.extensions }, getFileLimits: limits },
};
