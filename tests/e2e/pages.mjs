// One address of each page kind: what axe, vnu, the link check, the screenshots and the budgets go through.
export const pages = {
  home: '/id/',
  map: '/id/peta',
  potentials: '/id/potensi',
  'potentials-filtered': '/id/potensi?group=laut,tani&region=74.07&q=rumput',
  'potentials-empty': '/id/potensi?q=zzzzzz',
  potential: '/id/potensi/kolaka-nickel-pomalaa',
  regions: '/id/wilayah',
  region: '/id/wilayah/74.01',
  province: '/id/wilayah/74',
  compare: '/id/bandingkan?region=74.01,74.02,74.71',
  'compare-empty': '/id/bandingkan',
  sectors: '/id/sektor',
  sector: '/id/sektor/A',
  commodities: '/id/komoditas',
  commodity: '/id/komoditas/nickel',
  offers: '/id/peluang',
  search: '/id/cari?q=nikel',
  'search-empty': '/id/cari?q=zzzzzz',
  agreements: '/id/kerja-sama',
  regulations: '/id/regulasi',
  data: '/id/data',
  api: '/id/api',
  about: '/id/tentang-data',
  accessibility: '/id/aksesibilitas',
  licences: '/id/lisensi',
  contact: '/id/kontak',
  'not-found': '/id/tidak-ada',
};

export const english = Object.fromEntries(
  Object.entries(pages).map(([name, path]) => [name, path.replace('/id/', '/en/')]),
);
