export const clientProfileExamples = {
  schemas: {
    ClientProfile: {
      account: { id: 7, external_id: 'acme-17', name: 'Acme Inc.', locale: 'en' },
      user: { id: '7', name: 'Ivan Sidorov', email: 'ivan@example.com', locale: 'ru' },
      max_file_bytes: 20_000_000,
      max_files: 10,
      extensions: ['png', 'pdf', 'txt'],
      first_response_minutes: 24,
    },
  },
};
