const key = {
  kid: 'panel-2026',
  name: 'The panel',
  algorithm: 'HS256',
  public_jwk: null,
  issuer: 'https://panel.example.com',
  disabled_at: null,
  created_at: '2026-11-01T09:00:00.000Z',
};

export const handoverKeyExamples = {
  schemas: { HandoverKey: key, AddedHandoverKey: { ...key, secret: 'example-of-a-secret-shown-once' } },
  requests: {
    addHandoverKey: { kid: key.kid, name: key.name, algorithm: key.algorithm, issuer: key.issuer },
    changeHandoverKey: { is_enabled: false },
  },
};
