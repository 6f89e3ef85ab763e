const key = {
  kid: 'panel-2026',
  name: 'The panel',
  algorithm: 'HS256',
  public_jwk: null,
  issuer: 'https://panel.example.com',
  disabled_at: null,
  created_at: '2026-11-01T09:00:00.000Z',
};

export const ssoKeyExamples = {
  schemas: { SsoKey: key, AddedSsoKey: { ...key, secret: 'example-of-a-secret-shown-once' } },
  requests: {
    addSsoKey: { kid: key.kid, name: key.name, algorithm: key.algorithm, issuer: key.issuer },
    changeSsoKey: { is_enabled: false },
  },
};
