const user = { id: 'u-204', name: 'Ivan Petrov', email: 'ivan@acme.example' };
const session = {
  expires_at: '2026-11-23T20:15:00.000Z',
  renewable_until: '2026-11-24T08:00:00.000Z',
  account: { external_id: 'acme-17', name: 'Acme Inc.' },
  user: { ...user, projects: [], locale: 'en' },
};

export const ssoExamples = {
  schemas: {
    SignInLink: {
      url: 'https://support.example.com/support/session#example-of-a-code',
      expires_at: '2026-11-23T20:01:00.000Z',
    },
    ClientSession: session,
    OpenedClientSession: { token: 'pd_example_of_a_session', ...session },
    AccountSession: {
      session_id: 88,
      user,
      token_id: 5,
      kid: null,
      expires_at: session.expires_at,
      created_at: '2026-11-23T20:00:00.000Z',
    },
  },
  requests: {
    openClientSession: { code: 'example-of-a-code' },
    createSignInLink: { user, locale: 'en' },
    createSignInLinkByExternalId: { user, locale: 'en' },
  },
  responses: { endAccountSessions: { ended: 2 } },
};
