// The renewal of two plans of this repository in publicodes: a discount on time, days of grace at a share of the price,
// a fee after them, two taxes. Dates are no part of it: it is told how late the renewal is and how many days it covers,
// which Clairplan works out from the dates.
export const rules = {
  price: 120,
  quantity: 1,
  "days late": 0,
  "days covered": 365,
  "days of the term": 365,
  discount: 0,
  "fee per unit": 0,
  "grace is prorated": "non",
  "on time": "days late <= 0",
  "in grace": { "toutes ces conditions": ["days late > 0", "days late <= 30"] },
  "is late": "days late > 30",
  "full price": "quantity * price",
  base: {
    variations: [
      {
        si: { "toutes ces conditions": ["in grace", "grace is prorated"] },
        alors: { arrondi: "2 décimales", valeur: "full price * days covered / days of the term" },
      },
      { sinon: "full price" },
    ],
  },
  rebate: {
    variations: [
      { si: "on time", alors: { arrondi: "2 décimales", valeur: "full price * discount / 100" } },
      { sinon: 0 },
    ],
  },
  fee: { variations: [{ si: "is late", alors: "quantity * fee per unit" }, { sinon: 0 }] },
  subtotal: "base - rebate + fee",
  GST: { arrondi: "2 décimales", valeur: "subtotal * 5 / 100" },
  QST: { arrondi: "2 décimales", valeur: "subtotal * 9.975 / 100" },
  total: "subtotal + GST + QST",
};
export const asked = ["base", "rebate", "fee", "GST", "QST", "total"];
