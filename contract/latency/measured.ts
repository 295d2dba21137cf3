/** Data table: measured round trips between metropolitan areas of the three clouds, in milliseconds. */
/*
 * Source: pings between virtual machines of AWS, Azure and Google Cloud over their public
 * addresses, as published with Skyplane (P. Jain et al., "Skyplane: Optimizing Transfer Cost and
 * Throughput Using Cloud-Aware Overlays", NSDI 2023): github.com/skyplane-project/skyplane,
 * profiles/latency.csv as of commit 945dca27 (April 2022), column avg_rtt, network tier PREMIUM.
 * Of several pairs of regions of two areas the lower median is kept; ten rows that are faster than
 * light in fibre along the great circle are left out. Later publications agree within a tenth where
 * they name the same places: IBM Cloud, "Network latency dashboards" (July to August 2026:
 * Washington - Frankfurt 86, Frankfurt - Tokyo 229, Washington - Tokyo 142); Microsoft, "Azure
 * network round-trip latency statistics".
 *
 * A line gives a place's round trips to those above it: `place milliseconds place milliseconds …`.
 */
export const measuredRoundTrips: Readonly<Record<string, string>> = {
  Ashburn: 'Amsterdam 80.4',
  Bahrain: 'Amsterdam 110 Ashburn 175.2',
  Boardman: 'Amsterdam 158.6 Ashburn 79.6 Bahrain 215.8',
  CapeTown: 'Amsterdam 151.7 Ashburn 225.4 Bahrain 140.8 Boardman 279.1',
  Changhua: 'Amsterdam 228.8 Ashburn 181.2 Bahrain 135.6 Boardman 131.4 CapeTown 399.3',
  Chicago: 'Amsterdam 94.9 Ashburn 19 Bahrain 198.6 Boardman 65.4 CapeTown 246.1 Changhua 172.7',
  Columbus: 'Amsterdam 90.1 Ashburn 11.7 Bahrain 166.5 Boardman 54.2 CapeTown 229 Changhua 181.6 Chicago 21',
  CouncilBluffs:
    'Amsterdam 106.4 Ashburn 35.5 Bahrain 181.5 Boardman 62 CapeTown 255.7 Changhua 151 Chicago 12.9 Columbus 28.7',
  Delhi:
    'Amsterdam 157.8 Ashburn 231.9 Bahrain 59.7 Boardman 216.3 CapeTown 311.6 Changhua 107.4 Chicago 243.5 Columbus 258.7 CouncilBluffs 256.5',
  Dubai:
    'Amsterdam 120.9 Ashburn 189.2 Bahrain 10 Boardman 248.3 CapeTown 135.6 Changhua 125.1 Chicago 209.1 Columbus 199 CouncilBluffs 251.1 Delhi 52.3',
  Dublin:
    'Amsterdam 15.2 Ashburn 67.4 Bahrain 93.6 Boardman 122.3 CapeTown 156.9 Changhua 230 Chicago 81.4 Columbus 76.5 CouncilBluffs 101.2 Delhi 158.3 Dubai 124.1',
  Eemshaven:
    'Amsterdam 4.9 Ashburn 84.5 Bahrain 59.4 Boardman 160.3 CapeTown 168.3 Changhua 252.6 Chicago 96.3 Columbus 94.4 CouncilBluffs 103.1 Delhi 162.9 Dubai 145.1 Dublin 18.4',
  Frankfurt:
    'Amsterdam 7.9 Ashburn 87.8 Bahrain 103.8 Boardman 159.4 CapeTown 163.4 Changhua 230.8 Chicago 103 Columbus 97.6 CouncilBluffs 108 Delhi 155.2 Dubai 120.1 Dublin 23.1 Eemshaven 9.3',
  Gavle:
    'Amsterdam 26.8 Ashburn 103.5 Bahrain 126.4 Boardman 191.1 CapeTown 176.4 Changhua 248.7 Chicago 126.2 Columbus 113.9 CouncilBluffs 129.7 Delhi 176.2 Dubai 138.4 Dublin 43.1 Eemshaven 28.1 Frankfurt 26.2',
  Hamina:
    'Amsterdam 33.5 Ashburn 104 Bahrain 130.9 Boardman 156.3 CapeTown 200.2 Changhua 194.5 Chicago 126.5 Columbus 114.5 CouncilBluffs 126.9 Delhi 185.5 Dubai 126.2 Dublin 48.1 Eemshaven 31.3 Frankfurt 32.7 Gavle 13.2',
  HongKong:
    'Amsterdam 190.4 Ashburn 197.6 Bahrain 125.1 Boardman 144.2 CapeTown 293.3 Changhua 22.6 Chicago 189.1 Columbus 193.8 CouncilBluffs 175.9 Delhi 107.4 Dubai 112.2 Dublin 211.9 Eemshaven 213.7 Frankfurt 203.8 Gavle 211.6 Hamina 254.6',
  Jakarta:
    'Amsterdam 173.6 Ashburn 233 Bahrain 107.5 Boardman 180.6 CapeTown 217.5 Changhua 54.9 Chicago 216.5 Columbus 228.7 CouncilBluffs 206.6 Delhi 82.4 Dubai 90.3 Dublin 195.2 Eemshaven 216.7 Frankfurt 187.3 Gavle 190.7 Hamina 239.5 HongKong 54.7',
  Johannesburg:
    'Amsterdam 186.6 Ashburn 240.9 Bahrain 194.9 Boardman 331.6 CapeTown 19.4 Changhua 369 Chicago 261.1 Columbus 257 CouncilBluffs 260.8 Delhi 295.6 Dubai 260.6 Dublin 177.1 Eemshaven 174.7 Frankfurt 174.7 Gavle 201.2 Hamina 198 HongKong 329.5 Jakarta 308',
  LasVegas:
    'Amsterdam 139.8 Ashburn 60.8 Bahrain 233.5 Boardman 40.1 CapeTown 292.4 Changhua 135.3 Chicago 54.2 Columbus 62.2 CouncilBluffs 41.7 Delhi 234.4 Dubai 252.2 Dublin 136.3 Eemshaven 141.4 Frankfurt 146.1 Gavle 161.4 Hamina 163.3 HongKong 146.8 Jakarta 185.4 Johannesburg 235.1',
  London:
    'Amsterdam 8.5 Ashburn 77.4 Bahrain 103.9 Boardman 150.8 CapeTown 146.9 Changhua 244.8 Chicago 93.1 Columbus 86.3 CouncilBluffs 95.8 Delhi 165.7 Dubai 119.6 Dublin 11.8 Eemshaven 12.9 Frankfurt 15 Gavle 33.9 Hamina 41.2 HongKong 205.8 Jakarta 191.8 Johannesburg 170.4 LasVegas 134.7',
  Melbourne:
    'Amsterdam 268 Ashburn 209.5 Bahrain 181.2 Boardman 135.5 CapeTown 429.9 Changhua 131.4 Chicago 197.2 Columbus 211.3 CouncilBluffs 184.3 Delhi 155.1 Dubai 174.7 Dublin 271.7 Eemshaven 282.4 Frankfurt 268.6 Gavle 287.4 Hamina 305.7 HongKong 122.2 Jakarta 102.4 Johannesburg 411.5 LasVegas 157.2 London 266.5',
  Milan:
    'Amsterdam 17.1 Ashburn 97.9 Bahrain 91.9 Boardman 156.8 CapeTown 186 Changhua 248.8 Chicago 118.2 Columbus 109.4 CouncilBluffs 117.5 Delhi 170.2 Dubai 106.9 Dublin 33.4 Eemshaven 15.4 Frankfurt 11.2 Gavle 36.2 Hamina 30.8 HongKong 191 Jakarta 161 Johannesburg 168.8 LasVegas 155 London 26 Melbourne 281.2',
  MoncksCorner:
    'Amsterdam 98.3 Ashburn 19 Bahrain 185.6 Boardman 82.4 CapeTown 247.2 Changhua 182.5 Chicago 28.8 Columbus 29.9 CouncilBluffs 32.8 Delhi 238.1 Dubai 226 Dublin 98 Eemshaven 95.4 Frankfurt 97.3 Gavle 113.5 Hamina 112.4 HongKong 203.9 Jakarta 231.3 Johannesburg 247 LasVegas 57.3 London 89.2 Melbourne 201.2 Milan 108',
  Montreal:
    'Amsterdam 91.6 Ashburn 15.5 Bahrain 155.6 Boardman 66.9 CapeTown 220.8 Changhua 179.8 Chicago 21 Columbus 23.8 CouncilBluffs 30.1 Delhi 235.9 Dubai 199.2 Dublin 78 Eemshaven 85.6 Frankfurt 90.2 Gavle 116.7 Hamina 115.6 HongKong 197.9 Jakarta 230.5 Johannesburg 247.3 LasVegas 71.7 London 78.5 Melbourne 209.3 Milan 99.1 MoncksCorner 25.7',
  Mumbai:
    'Amsterdam 126.8 Ashburn 204 Bahrain 35.9 Boardman 211 CapeTown 157.4 Changhua 99.2 Chicago 219.7 Columbus 193.7 CouncilBluffs 234.9 Delhi 22.7 Dubai 30.2 Dublin 134.4 Eemshaven 132.4 Frankfurt 129.6 Gavle 145.5 Hamina 157.1 HongKong 91.9 Jakarta 76 Johannesburg 271.9 LasVegas 211 London 137.3 Melbourne 140.2 Milan 108.6 MoncksCorner 213.6 Montreal 213.2',
  Osaka:
    'Amsterdam 230.5 Ashburn 158.5 Bahrain 145.4 Boardman 97.6 CapeTown 368.6 Changhua 41.2 Chicago 149 Columbus 144 CouncilBluffs 134.3 Delhi 142.4 Dubai 146.7 Dublin 232.4 Eemshaven 232.3 Frankfurt 228.5 Gavle 246 Hamina 254.6 HongKong 50.5 Jakarta 88.4 Johannesburg 362.6 LasVegas 113.3 London 225.2 Melbourne 141.2 Milan 212.1 MoncksCorner 165.2 Montreal 159.5 Mumbai 133.5',
  Oslo:
    'Amsterdam 22.2 Ashburn 102.9 Bahrain 127.3 Boardman 185.7 CapeTown 193 Changhua 230.2 Chicago 117.1 Columbus 112.4 CouncilBluffs 132.4 Delhi 178.6 Dubai 137.2 Dublin 36.8 Eemshaven 30.2 Frankfurt 24 Gavle 9 Hamina 23.7 HongKong 207.3 Jakarta 188.6 Johannesburg 198 LasVegas 167 London 30.2 Melbourne 293.1 Milan 32.5 MoncksCorner 123.5 Montreal 114.3 Mumbai 142.7 Osaka 245.8',
  Paris:
    'Amsterdam 10.3 Ashburn 81.2 Bahrain 98.2 Boardman 161.1 CapeTown 152.9 Changhua 223.3 Chicago 96.5 Columbus 90.9 CouncilBluffs 106.9 Delhi 157.4 Dubai 110.4 Dublin 16.3 Eemshaven 18.3 Frankfurt 9.8 Gavle 33.2 Hamina 42.7 HongKong 178.1 Jakarta 160.5 Johannesburg 168.9 LasVegas 144.3 London 10 Melbourne 252.2 Milan 19.4 MoncksCorner 93.7 Montreal 91.5 Mumbai 122.7 Osaka 215.4 Oslo 33.4',
  Phoenix:
    'Amsterdam 132.1 Ashburn 55.7 Bahrain 222.5 Boardman 34.9 CapeTown 277.4 Changhua 148.8 Chicago 55.4 Columbus 52.5 CouncilBluffs 61.2 Delhi 216.8 Dubai 236.7 Dublin 118.3 Eemshaven 145.8 Frankfurt 138.3 Gavle 159.3 Hamina 166.3 HongKong 151.5 Jakarta 186.2 Johannesburg 287.9 LasVegas 16.3 London 129.6 Melbourne 161.3 Milan 150.1 MoncksCorner 57.4 Montreal 68.4 Mumbai 239.9 Osaka 113 Oslo 153 Paris 131.6',
  Pune:
    'Amsterdam 126 Ashburn 197.1 Bahrain 39.1 Boardman 208.3 CapeTown 228 Changhua 97.5 Chicago 214 Columbus 204.1 CouncilBluffs 235.7 Delhi 26.7 Dubai 34.3 Dublin 129.5 Eemshaven 135.5 Frankfurt 127.3 Gavle 144 Hamina 160.7 HongKong 82.9 Jakarta 61.3 Johannesburg 272.7 LasVegas 225.5 London 135.2 Melbourne 147.4 Milan 111.7 MoncksCorner 139.2 Montreal 203.5 Mumbai 5.4 Osaka 119.8 Oslo 140.2 Paris 119.7 Phoenix 220.4',
  SaintGhislain:
    'Amsterdam 10.9 Ashburn 81.8 Bahrain 100.4 Boardman 156.3 CapeTown 164.6 Changhua 171.1 Chicago 96.6 Columbus 91.1 CouncilBluffs 100.5 Delhi 156.8 Dubai 144.6 Dublin 17.4 Eemshaven 8 Frankfurt 10.8 Gavle 35.1 Hamina 33.7 HongKong 210.7 Jakarta 213.4 Johannesburg 168.3 LasVegas 139.9 London 9.9 Melbourne 224.1 Milan 20.2 MoncksCorner 92.1 Montreal 83.3 Mumbai 131.8 Osaka 230.2 Oslo 37.1 Paris 14.3 Phoenix 140.9 Pune 132.2',
  SanJose:
    'Amsterdam 140.8 Ashburn 65.4 Bahrain 217.1 Boardman 20.7 CapeTown 289.9 Changhua 140.3 Chicago 48.2 Columbus 49 CouncilBluffs 51.3 Delhi 240.4 Dubai 252.4 Dublin 136.3 Eemshaven 147.6 Frankfurt 150.5 Gavle 172.6 Hamina 172.5 HongKong 149.7 Jakarta 183.5 Johannesburg 313.5 LasVegas 15.2 London 142 Melbourne 156.9 Milan 158.8 MoncksCorner 70.8 Montreal 76 Mumbai 236.3 Osaka 112.1 Oslo 161.9 Paris 140.3 Phoenix 15.6 Pune 216.1 SaintGhislain 145.2',
  Santiago:
    'Amsterdam 217.4 Ashburn 121.4 Bahrain 300.5 Boardman 136.2 CapeTown 343.1 Changhua 233.4 Chicago 153.7 Columbus 131.7 CouncilBluffs 150.4 Delhi 334.3 Dubai 326 Dublin 216.9 Eemshaven 208.8 Frankfurt 211.6 Gavle 224.3 Hamina 227.8 HongKong 246.2 Jakarta 283.1 Johannesburg 361.6 LasVegas 98 London 202.7 Melbourne 223.8 Milan 222.8 MoncksCorner 101.5 Montreal 134 Mumbai 326.8 Osaka 212.7 Oslo 244 Paris 218.3 Phoenix 161.5 Pune 337.2 SaintGhislain 205.2 SanJose 129.8',
  SaoPaulo:
    'Amsterdam 189.2 Ashburn 116.7 Bahrain 271.1 Boardman 187.8 CapeTown 326.4 Changhua 291.1 Chicago 137.4 Columbus 125.6 CouncilBluffs 142.8 Delhi 345.2 Dubai 298.7 Dublin 177.1 Eemshaven 196.3 Frankfurt 195.5 Gavle 209.5 Hamina 217.5 HongKong 310.4 Jakarta 342.8 Johannesburg 344.6 LasVegas 168.5 London 186.2 Melbourne 317.7 Milan 210.7 MoncksCorner 128.1 Montreal 128.6 Mumbai 315.5 Osaka 272.8 Oslo 211.2 Paris 190.3 Phoenix 161.9 Pune 305.6 SaintGhislain 194.6 SanJose 176.7 Santiago 57.8',
  Seoul:
    'Amsterdam 233.2 Ashburn 181.5 Bahrain 171.8 Boardman 125.3 CapeTown 334.8 Changhua 58.7 Chicago 168.9 Columbus 174.3 CouncilBluffs 159.6 Delhi 159.4 Dubai 151.6 Dublin 240.6 Eemshaven 249.5 Frankfurt 238.1 Gavle 252.2 Hamina 276.2 HongKong 60.5 Jakarta 107.7 Johannesburg 365.5 LasVegas 134.3 London 238.7 Melbourne 166.3 Milan 241 MoncksCorner 186.2 Montreal 183.9 Mumbai 144.5 Osaka 29.7 Oslo 245.3 Paris 220.8 Phoenix 133.6 Pune 123 SaintGhislain 241.9 SanJose 131.7 Santiago 232 SaoPaulo 297.9',
  Singapore:
    'Amsterdam 157.8 Ashburn 220.6 Bahrain 94.3 Boardman 168.8 CapeTown 202.2 Changhua 45.5 Chicago 205.3 Columbus 216.7 CouncilBluffs 190.6 Delhi 67.9 Dubai 78.2 Dublin 178.4 Eemshaven 204.7 Frankfurt 173.3 Gavle 176.8 Hamina 227.1 HongKong 36.6 Jakarta 15.8 Johannesburg 293.4 LasVegas 170.1 London 180.6 Melbourne 83.7 Milan 146.8 MoncksCorner 216.1 Montreal 218.6 Mumbai 61.9 Osaka 74.1 Oslo 173.2 Paris 147.4 Phoenix 172.5 Pune 48.2 SaintGhislain 200.4 SanJose 172.7 Santiago 269.1 SaoPaulo 326.3 Seoul 86.9',
  Stockholm:
    'Amsterdam 22.5 Ashburn 106 Bahrain 102.9 Boardman 156.5 CapeTown 169.1 Changhua 272.3 Chicago 125.9 Columbus 118.9 CouncilBluffs 126.4 Delhi 185.4 Dubai 139.8 Dublin 40 Eemshaven 23.1 Frankfurt 24.8 Gavle 8.1 Hamina 11.6 HongKong 224.4 Jakarta 188.4 Johannesburg 198.3 LasVegas 160.6 London 32.7 Melbourne 301.9 Milan 31.8 MoncksCorner 112.3 Montreal 106.4 Mumbai 133.3 Osaka 239.8 Oslo 13.9 Paris 31.1 Phoenix 162 Pune 155.3 SaintGhislain 30.9 SanJose 174.5 Santiago 225.1 SaoPaulo 214.3 Seoul 270 Singapore 174.1',
  Sydney:
    'Amsterdam 257.8 Ashburn 199.3 Bahrain 171.1 Boardman 138.9 CapeTown 403.4 Changhua 135.6 Chicago 184.2 Columbus 199.6 CouncilBluffs 184.1 Delhi 163.6 Dubai 165.5 Dublin 261.2 Eemshaven 261.3 Frankfurt 263.3 Gavle 264.5 Hamina 299.4 HongKong 123.9 Jakarta 107 Johannesburg 382 LasVegas 148 London 260.9 Melbourne 14.5 Milan 238.1 MoncksCorner 202.5 Montreal 203.5 Mumbai 150.6 Osaka 128.7 Oslo 277.7 Paris 250.5 Phoenix 152.4 Pune 136.6 SaintGhislain 267.8 SanJose 138.5 Santiago 245.9 SaoPaulo 307.8 Seoul 169.8 Singapore 93.4 Stockholm 289.1',
  TheDalles:
    'Amsterdam 147.4 Ashburn 63.1 Bahrain 227.4 Boardman 14.5 CapeTown 281.3 Changhua 119.5 Chicago 52.9 Columbus 63.5 CouncilBluffs 36.4 Delhi 217 Dubai 186.3 Dublin 137.8 Eemshaven 130.6 Frankfurt 152.3 Gavle 165 Hamina 158.3 HongKong 138.4 Jakarta 174.2 Johannesburg 296.1 LasVegas 31.8 London 128.2 Melbourne 149 Milan 141.4 MoncksCorner 64.2 Montreal 67.8 Mumbai 227.3 Osaka 115.3 Oslo 171.2 Paris 145.8 Phoenix 35.7 Pune 214.7 SaintGhislain 133.9 SanJose 22 Santiago 130.2 SaoPaulo 169.4 Seoul 121.4 Singapore 152.5 Stockholm 116.2 Sydney 149.8',
  Tokyo:
    'Amsterdam 225.2 Ashburn 156.1 Bahrain 157.6 Boardman 97.9 CapeTown 370.3 Changhua 37.8 Chicago 142.1 Columbus 152.2 CouncilBluffs 142.7 Delhi 138 Dubai 147.9 Dublin 229.9 Eemshaven 224 Frankfurt 226 Gavle 242.5 Hamina 247.6 HongKong 51.6 Jakarta 84.8 Johannesburg 365.9 LasVegas 107 London 221.4 Melbourne 134.7 Milan 212.7 MoncksCorner 153.9 Montreal 157.9 Mumbai 130.6 Osaka 9.4 Oslo 242.7 Paris 217.2 Phoenix 107.4 Pune 123 SaintGhislain 220.6 SanJose 106.2 Santiago 206.9 SaoPaulo 263.8 Seoul 31.4 Singapore 71.3 Stockholm 243.3 Sydney 114.6 TheDalles 107.6',
  Toronto:
    'Amsterdam 97.8 Ashburn 21 Bahrain 187.3 Boardman 77.1 CapeTown 234.8 Changhua 173 Chicago 15.1 Columbus 23.3 CouncilBluffs 31.8 Delhi 221.5 Dubai 201.1 Dublin 83.9 Eemshaven 94.3 Frankfurt 100.2 Gavle 118 Hamina 123.4 HongKong 196.7 Jakarta 227.3 Johannesburg 253.2 LasVegas 61.8 London 88.1 Melbourne 202.7 Milan 107.9 MoncksCorner 36 Montreal 8.8 Mumbai 217.5 Osaka 152.9 Oslo 119.3 Paris 97.4 Phoenix 65.8 Pune 207 SaintGhislain 92.6 SanJose 67.2 Santiago 145.1 SaoPaulo 132.9 Seoul 177.9 Singapore 209.5 Stockholm 117.6 Sydney 201 TheDalles 54.9 Tokyo 153.7',
  Warsaw:
    'Amsterdam 22.9 Ashburn 101.7 Bahrain 117 Boardman 177.8 CapeTown 186.9 Changhua 231.8 Chicago 117.2 Columbus 112 CouncilBluffs 82 Delhi 169.3 Dubai 152.6 Dublin 36.5 Eemshaven 22.5 Frankfurt 16.7 Gavle 35.9 Hamina 18.9 HongKong 223.3 Jakarta 228 Johannesburg 185.9 LasVegas 159.3 London 29.7 Melbourne 299.7 Milan 25.9 MoncksCorner 110.8 Montreal 103.4 Mumbai 146.2 Osaka 250.2 Oslo 38.1 Paris 30 Phoenix 160.2 Pune 143.9 SaintGhislain 23.2 SanJose 165 Santiago 207.5 SaoPaulo 213.6 Seoul 254.4 Singapore 207.6 Stockholm 31.9 Sydney 272.8 TheDalles 151.9 Tokyo 239 Toronto 111.1',
  Zurich:
    'Amsterdam 13.9 Ashburn 92.5 Bahrain 96.9 Boardman 170 CapeTown 170.1 Changhua 185.9 Chicago 108.8 Columbus 102.1 CouncilBluffs 111.3 Delhi 146.2 Dubai 110.4 Dublin 26.8 Eemshaven 12.6 Frankfurt 7.9 Gavle 29.2 Hamina 35.6 HongKong 196.9 Jakarta 188.5 Johannesburg 170 LasVegas 149.1 London 21.1 Melbourne 271.1 Milan 5.9 MoncksCorner 101.3 Montreal 96.1 Mumbai 122 Osaka 217.6 Oslo 29.5 Paris 16 Phoenix 143.4 Pune 114.6 SaintGhislain 14.3 SanJose 155.6 Santiago 216.3 SaoPaulo 200.8 Seoul 223.5 Singapore 190.8 Stockholm 30.8 Sydney 256.8 TheDalles 156.4 Tokyo 218.2 Toronto 103.7 Warsaw 23.1'
}
