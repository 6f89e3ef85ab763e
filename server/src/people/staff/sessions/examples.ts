const password = 'correct horse battery staple';

export const sessionExamples = {
  schemas: {
    Session: {
      session_id: 31,
      ip: '203.0.113.7',
      user_agent: 'Mozilla/5.0',
      created_at: '2026-11-23T08:00:00.000Z',
      last_used_at: '2026-11-23T19:58:00.000Z',
      is_current: true,
    },
  },
  requests: {
    signIn: { email: 'anna@host.example', password, code: '123456' },
    acceptInvitation: { secret: 'example-of-a-secret-shown-once', password },
  },
  responses: {
    listSignInMethods: { oidc: true },
    signIn: { session_id: 31 },
    signOut: { session_id: 31 },
    acceptInvitation: { email: 'anna@host.example' },
  },
};
