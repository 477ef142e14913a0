export default {"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"ICB23CD":"E54000054","ICB23NM":"NHS West Yorkshire Integrated Care Board"},"geometry":{"type":"Polygon","coordinates":[[[-1.65,53.65],[-1.55,53.65],[-1.55,53.75],[-1.65,53.75],[-1.65,53.65]]]}},
{"type":"Feature","properties":{"ICB23CD":"E54000061","ICB23NM":"NHS South Yorkshire Integrated Care Board"},"geometry":{"type":"Polygon","coordinates":[[[-1.55,53.65],[-1.45,53.65],[-1.45,53.75],[-1.55,53.75],[-1.55,53.65]]]}}
]}
