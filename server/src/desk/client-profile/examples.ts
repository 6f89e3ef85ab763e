import { limits } from '#desk/files/examples.ts';

export const clientProfileExamples = {
  schemas: {
    ClientProfile: {
      account: { id: 7, external_id: 'acme-17', name: 'Acme Inc.', locale: 'en' },
      user: { id: '7', name: 'Ivan Sidorov', email: 'ivan@example.com', locale: 'ru' },
      ...limits,
      first_response_minutes: 24,
    },
  },
};
