/** What a recording says of one posting, normalised; what is absent it does not say. `text`: the least length of the text. */
export type Told = {
  key: string;
  places: string[];
  pay?: string;
  posted?: string;
  closes?: string;
  mode?: string;
  employment?: string;
  company?: string;
  department?: string;
  requisition?: string;
  text: number;
};

export const TABLE: [file: string, told: Told[]][] = [
  [
    'greenhouse/amplitude_list_content_true.json',
    [
      {
        key: '8636903002',
        places: ['London, UK'],
        posted: '2026-07-16T15:55:32.000Z',
        company: 'Amplitude',
        department: 'Solutions Consulting',
        requisition: 'R-12263',
        text: 5335,
      },
      {
        key: '8651132002',
        places: ['Bangalore, India'],
        posted: '2026-07-27T06:52:26.000Z',
        company: 'Amplitude',
        department: 'Account Executives',
        requisition: 'R-12278',
        text: 5790,
      },
    ],
  ],
  [
    'greenhouse/databricks_list_content_redacted.json',
    [
      {
        key: '8559344002',
        places: ['Tokyo, Japan'],
        posted: '2026-06-29T06:02:50.000Z',
        company: 'Databricks',
        department: 'Field Engineering - Other',
        requisition: 'FEQ327R203',
        text: 35,
      },
      {
        key: '8428882002',
        places: ['Tokyo, Japan'],
        posted: '2026-03-05T11:43:29.000Z',
        company: 'Databricks',
        department: 'Delivery Solutions Architects',
        requisition: 'CSQ327R31',
        text: 57,
      },
    ],
  ],
  [
    'lever/idealistconsulting_list.json',
    [
      {
        key: 'a24ec4e5-5caa-473d-abd4-b71f09a8167b',
        places: ['Chicago, IL'],
        posted: '2025-11-27T01:02:41.939Z',
        mode: 'remote',
        employment: 'contract',
        department: 'Services Team',
        text: 4788,
      },
      {
        key: '5d54d69b-e940-452e-b892-1170aa60f095',
        places: ['Washington, D.C.'],
        posted: '2023-01-29T02:28:23.769Z',
        mode: 'remote',
        employment: 'contract',
        department: 'Services Team',
        text: 4473,
      },
    ],
  ],
  [
    'lever/veeva_list.json',
    [
      {
        key: '466ed4a1-2c00-400e-8b9b-77b0c63d64d2',
        places: ['Portugal - Lisbon'],
        posted: '2026-01-30T19:29:35.307Z',
        mode: 'remote',
        employment: 'full_time',
        department: 'Data Operations',
        text: 754,
      },
      {
        key: '7465bdb3-4f75-43bc-b5d9-c23c77fd3a29',
        places: ['Spain - Barcelona'],
        posted: '2026-01-30T19:28:54.009Z',
        mode: 'remote',
        employment: 'full_time',
        department: 'Data Operations',
        text: 751,
      },
    ],
  ],
  [
    'ashby/highlightta_board_compensation.json',
    [
      {
        key: '90fb3621-899e-4b59-925d-25080ec91e18',
        places: ['Canada'],
        posted: '2026-04-20T22:43:56.531Z',
        mode: 'remote',
        employment: 'full_time',
        department: 'HighlightTA',
        text: 3004,
      },
      {
        key: 'fc2f1f85-46a0-4a31-b165-683e39c07c04',
        places: ['Toronto, Ontario'],
        pay: '102800-137000 CAD/year',
        posted: '2026-07-08T19:48:19.767Z',
        mode: 'hybrid',
        employment: 'full_time',
        department: 'HighlightTA Confidential',
        text: 2777,
      },
    ],
  ],
  [
    'ashby/vanta_board_desc_redacted.json',
    [
      {
        key: 'fe5fd1a4-12ff-4703-bed5-6c2f34ba7768',
        places: ['Remote U.S.'],
        posted: '2026-04-21T12:35:37.500Z',
        mode: 'remote',
        employment: 'full_time',
        department: 'Revenue',
        text: 56,
      },
      {
        key: 'cf4358d4-1f34-40cc-b5b4-31a2e001136f',
        places: ['San Francisco, CA'],
        posted: '2026-07-17T20:18:58.727Z',
        employment: 'full_time',
        department: 'Revenue',
        text: 56,
      },
    ],
  ],
  [
    'smartrecruiters/knight_list.json',
    [
      {
        key: '743999671674844',
        places: ['St. Louis, MO, United States'],
        posted: '2018-06-08T02:11:28.000Z',
        employment: 'part_time',
        company: 'Knight Gayles',
        department: 'Health Care Provider',
        requisition: 'REF30D',
        text: 0,
      },
    ],
  ],
  [
    'smartrecruiters/smartrecruiters_inc_detail.json',
    [
      {
        key: '744000148454651',
        places: ['Poland, Remote, Poland'],
        posted: '2026-09-09T09:43:26.403Z',
        mode: 'remote',
        employment: 'contract',
        company: 'SmartRecruiters Inc',
        department: 'Technical Services',
        requisition: 'REF2025N',
        text: 1862,
      },
    ],
  ],
  [
    'workable/zaelab_widget.json',
    [
      {
        key: 'DD136DD7E7',
        places: ['Spain', 'Portugal'],
        posted: '2026-08-05',
        mode: 'remote',
        company: 'Zaelab',
        department: 'Business Consulting',
        text: 0,
      },
    ],
  ],
  [
    'workable/v3_accounts_jobs_list.json',
    [
      {
        key: '408C5DD671',
        places: ['Apple Valley, Minnesota, United States'],
        posted: '2026-09-25',
        mode: 'onsite',
        employment: 'full_time',
        text: 0,
      },
      {
        key: '9D9462DFCE',
        places: ['Shoreview, Minnesota, United States'],
        posted: '2026-09-22',
        mode: 'onsite',
        employment: 'full_time',
        text: 0,
      },
    ],
  ],
  [
    'recruitee/offers_sanitized.json',
    [
      {
        key: '2700825',
        places: ['Berlin, Germany'],
        pay: '60000-75000 EUR/year',
        posted: '2026-08-05T10:10:39.000Z',
        mode: 'hybrid',
        employment: 'full_time',
        company: 'Acme',
        department: 'Finance',
        text: 4969,
      },
      {
        key: '2697184',
        places: ['Berlin, Germany'],
        pay: '75000-90000 EUR/year',
        posted: '2026-07-31T22:26:40.000Z',
        mode: 'hybrid',
        employment: 'full_time',
        company: 'Acme',
        department: 'Sales',
        text: 6812,
      },
    ],
  ],
  [
    'bamboohr/careers_list.json',
    [
      { key: '86', places: ['Fort Lauderdale, Florida'], mode: 'onsite', employment: 'full_time', department: 'Legal', text: 0 },
      { key: '87', places: ['Fort Lauderdale, Florida'], mode: 'onsite', employment: 'internship', department: 'Marketing', text: 0 },
    ],
  ],
  [
    'bamboohr/collectivemeasures_detail.json',
    [
      {
        key: '214',
        places: ['Minneapolis, Minnesota, United States'],
        posted: '2023-07-25',
        mode: 'hybrid',
        employment: 'full_time',
        text: 575,
      },
    ],
  ],
  [
    'breezy/breezy_demo_list.json',
    [
      {
        key: '98323abf2296',
        places: ['Chaos, FL'],
        posted: '2024-02-15T14:37:22.684Z',
        company: 'MS Breezy Trial',
        department: 'Does Not Matter',
        text: 0,
      },
      {
        key: '088ac6d52139',
        places: ['New York, NY'],
        posted: '2023-04-06T01:32:13.932Z',
        employment: 'contract',
        company: 'MS Breezy Trial',
        department: 'Sporting Goods',
        text: 0,
      },
    ],
  ],
  [
    'teamtailor/upcloud_jobs.rss.xml',
    [
      {
        key: 'd8938509-ff5a-4755-a5f7-5f89a0ac791e',
        places: ['Helsinki, Finland'],
        posted: '2026-09-04T11:50:13.000Z',
        mode: 'hybrid',
        company: 'UpCloud',
        department: 'Finance',
        text: 423,
      },
      {
        key: '2a4eb6a0-7aa9-4acf-bcce-4d8b37287035',
        places: ['EU, Helsinki, Finland'],
        posted: '2026-06-23T13:35:08.000Z',
        mode: 'remote',
        company: 'UpCloud',
        department: 'Product Engineering',
        text: 380,
      },
    ],
  ],
  [
    'teamtailor/ferd_jobs.rss_items2-3.xml',
    [
      {
        key: 'f3716c4f-19b9-4bbe-93f4-c8e55942ce35',
        places: ['Oslo, Norway'],
        posted: '2026-08-31T16:02:18.000Z',
        company: 'Ferd',
        department: 'Åpen søknad',
        text: 619,
      },
      {
        key: 'c36b4e02-527b-436a-8482-7fe66a429e88',
        places: ['Oslo, Norway'],
        posted: '2025-02-04T11:35:09.000Z',
        company: 'Ferd',
        department: 'Åpen søknad',
        text: 614,
      },
    ],
  ],
  [
    'personio/position_sanitized_no_description.xml',
    [
      {
        key: '1834171',
        places: ['Munich', 'Berlin'],
        posted: '2024-11-13T14:10:41.000Z',
        employment: 'full_time',
        company: 'Acme SE & Co. KG',
        department: 'Product and Tech',
        text: 0,
      },
    ],
  ],
  [
    'rippling/rippling_v2_board_list_page0.json',
    [
      {
        key: '84d388b6-7656-434c-8862-0312eb6b97ac',
        places: ['San Francisco, CA', 'New York, NY'],
        mode: 'onsite',
        department: 'Bizops',
        text: 0,
      },
    ],
  ],
  [
    'rippling/v1_board_list_sanitized.json',
    [{ key: '2f0674e6-f01f-4ecd-b459-e947241c211f', places: ['Remote (New Jersey, US)', 'New York, NY'], department: 'Sales', text: 0 }],
  ],
  [
    'rippling/3rdstreet_jobpost_detail.json',
    [
      {
        key: 'a661d3ef-2dd4-4aee-8c0a-fb48ae545a7a',
        places: ['San Francisco, CA'],
        posted: '2025-06-20T22:46:41.749Z',
        employment: 'full_time',
        company: '3rd Street Youth Center & Clinic',
        department: 'Behavioral Health',
        text: 5038,
      },
    ],
  ],
  [
    'pinpoint/workwithus_postings_unwrapped.json',
    [
      {
        key: 'ce6c9e5c-a2d3-42b0-a01e-9edeae315b04',
        places: ['London'],
        mode: 'remote',
        employment: 'full_time',
        department: 'Operations',
        requisition: 'PIN-0407',
        text: 545,
      },
      {
        key: '8fa6a0e0-0beb-4233-8ab0-409fe6bfccb1',
        places: ['United Kingdom'],
        pay: '70000-90000 GBP/year',
        mode: 'remote',
        employment: 'full_time',
        department: 'Implementation',
        requisition: 'PIN-0408',
        text: 576,
      },
    ],
  ],
  [
    'workday/workday_cxs_list_salesforce.json',
    [
      {
        key: 'JR354232',
        places: ['Remote - Virginia', 'Remote - Washington DC Metro'],
        mode: 'remote',
        posted: 'relative',
        requisition: 'JR354232',
        text: 0,
      },
      { key: 'JR332446', places: ['Illinois - Chicago'], posted: 'relative', requisition: 'JR332446', text: 0 },
    ],
  ],
  [
    'workday/workday_cxs_detail_merck.json',
    [
      {
        key: 'R418677',
        places: ['USA - Pennsylvania - West Point', 'USA - New Jersey - Rahway'],
        posted: '2026-09-23',
        closes: '2026-11-09',
        mode: 'hybrid',
        employment: 'full_time',
        company: 'Merck Sharp & Dohme LLC',
        requisition: 'R418677',
        text: 222,
      },
    ],
  ],
  [
    'workday/workday_cxs_detail_boozallen_trimmed.json',
    [
      {
        key: 'R0248073',
        places: ['Fort Sam Houston, TX'],
        posted: '2026-08-27',
        employment: 'full_time',
        requisition: 'R0248073',
        text: 703,
      },
    ],
  ],
];
