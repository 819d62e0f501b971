"""Sentences of answers with the passage that they cite: those it supports, and near misses."""

BRIDGE = (
    "The council approved repairs to the old stone bridge on Tuesday. The work will cost "
    "4.2 million euros and start in May. Mayor Ana Kovač said the bridge would stay open "
    "to cyclists. Lorries will not be allowed to cross it until the autumn. About 60% of "
    "the money comes from the region."
)
HIVES = (
    "Stadtimkerin Jana Peters zählte im Juni 1.250 Bienenvölker, doppelt so viele wie "
    "2019. Der Winter war mild, deshalb überlebten fast alle Völker. Der Honig darf in "
    "diesem Jahr nicht verkauft werden, weil das Labor Pestizide fand. „Wir waren selbst "
    "überrascht“, sagte Peters."
)
FERRY = (
    "El transbordador Aurora dejó de navegar el 3 de marzo de 2024 porque la naviera "
    "Brisamar no pudo pagar el combustible. Unas 12.000 personas usaban la línea cada "
    "mes. El gobierno promete un nuevo barco eléctrico antes de 2027."
)
LAB = (
    "Hanna Ruiz left Polaris Labs after nine years. She objected to the closing of the "
    "open-research group and to cuts of about 600 posts. Her new company, Tern AI, will "
    'build models of the physical world. "I want machines that plan," she wrote. Polaris '
    "will be a partner."
)
PARK = "市议会周二批准修复旧石桥。工程将耗资420万欧元，五月开工。市长说，自行车可以继续通行。"

# (language of the sentence, sentence, language of the passage, passage)
SUPPORTED = [
    ("en", "The council approved repairs to the old stone bridge.", "en", BRIDGE),
    ("en", "Repairs to the bridge were approved by the council on Tuesday.", "en", BRIDGE),
    ("en", "The work costs €4.2 million and starts in May.", "en", BRIDGE),
    ("en", "The work will cost 4,200,000 euros.", "en", BRIDGE),
    ("en", "Cyclists can keep using the bridge, said Mayor Ana Kovač.", "en", BRIDGE),
    ("en", "Lorries may not cross the bridge until autumn.", "en", BRIDGE),
    ("en", "The region pays about 60 percent of the money.", "en", BRIDGE),
    ("en", "Hanna Ruiz left Polaris Labs after 9 years.", "en", LAB),
    ("en", "Ruiz objected to cuts of about 600 posts and the group's closing.", "en", LAB),
    ("en", "Tern AI will build models of the physical world.", "en", LAB),
    ("en", 'She wrote: "I want machines that plan."', "en", LAB),
    ("en", "Polaris will be a partner of her new company, Tern AI.", "en", LAB),
    ("de", "Im Juni zählte Jana Peters 1250 Bienenvölker.", "de", HIVES),
    ("de", "Fast alle Völker überlebten, weil der Winter mild war.", "de", HIVES),
    ("de", "Der Honig darf dieses Jahr nicht verkauft werden.", "de", HIVES),
    ("de", "Weil das Labor Pestizide fand, darf der Honig nicht verkauft werden.", "de", HIVES),
    ("es", "El Aurora dejó de navegar en marzo de 2024.", "es", FERRY),
    ("es", "La naviera Brisamar no pudo pagar el combustible.", "es", FERRY),
    ("es", "Cada mes usaban la línea unas 12 000 personas.", "es", FERRY),
    ("zh", "市议会批准修复旧石桥。", "zh", PARK),
    ("zh", "工程耗资420万欧元。", "zh", PARK),
    ("de", "Der Rat genehmigte am Dienstag die Reparatur der alten Steinbrücke.", "en", BRIDGE),
    ("de", "Die Arbeiten kosten 4,2 Millionen Euro und beginnen im Mai.", "en", BRIDGE),
    ("de", "Hanna Ruiz verließ Polaris Labs nach neun Jahren.", "en", LAB),
    ("es", "Hanna Ruiz dejó Polaris Labs después de nueve años.", "en", LAB),
    ("fr", "La colonie a survécu car l'hiver était doux.", "de", HIVES),
    ("en", "Jana Peters counted 1,250 bee colonies in June.", "de", HIVES),
    ("en", "The honey may not be sold this year because a lab found pesticides.", "de", HIVES),
    ("en", "The ferry Aurora stopped sailing on 3 March 2024.", "es", FERRY),
    ("en", "About 12,000 people used the line every month.", "es", FERRY),
    ("en", "The council approved the repair of the old stone bridge on Tuesday.", "zh", PARK),
    ("zh", "市议会周二批准了旧石桥的维修。", "en", BRIDGE),
    ("ru", "Совет одобрил ремонт старого каменного моста во вторник.", "en", BRIDGE),
]  # fmt: skip
NEAR_MISSES = [
    ("en", "The council rejected the wooden tower on Tuesday.", "en", BRIDGE),
    ("en", "The council did not approve repairs to the old stone bridge.", "en", BRIDGE),
    ("en", "The work will cost 42 million euros.", "en", BRIDGE),
    ("en", "The work will cost 4.2 billion euros.", "en", BRIDGE),
    ("en", "The work will start in June.", "en", BRIDGE),
    ("en", "The council approved repairs to the old stone bridge on Monday.", "en", BRIDGE),
    ("en", "Mayor Petra Kovač said the bridge would stay open to cyclists.", "en", BRIDGE),
    ("en", "Lorries will be allowed to cross it until the autumn.", "en", BRIDGE),
    ("en", "About 60 million of the money comes from the region.", "en", BRIDGE),
    ("en", "The bridge collapsed.", "en", BRIDGE),
    ("en", 'The mayor said "we are ruined" about the bridge.', "en", BRIDGE),
    ("en", "Repairs were finished, and Elon Musk paid for the old stone bridge.", "en", BRIDGE),
    ("en", "Hanna Ruiz joined Polaris Labs after twelve years.", "en", LAB),
    ("en", "Ortega left Polaris Labs after nine years.", "en", LAB),
    ("en", "Hanna Ruiz left Google after nine years.", "en", LAB),
    ("en", "She objected to cuts of about 6,000 posts.", "en", LAB),
    ("en", "Polaris will not be a partner.", "en", LAB),
    ("en", "Her new company will sell robots to hospitals.", "en", LAB),
    ("de", "Der Honig darf in diesem Jahr verkauft werden.", "de", HIVES),
    ("de", "Im Juli zählte Jana Peters 1.250 Bienenvölker.", "de", HIVES),
    ("de", "Jana Peters zählte 12.500 Bienenvölker.", "de", HIVES),
    ("de", "Der Sommer war trocken, deshalb starben Völker.", "de", HIVES),
    ("es", "El Aurora dejó de navegar en mayo de 2024.", "es", FERRY),
    ("es", "La naviera Brisamar pudo pagar el combustible.", "es", FERRY),
    ("es", "El gobierno promete un nuevo barco eléctrico antes de 2030.", "es", FERRY),
    ("zh", "工程耗资42万欧元。", "zh", PARK),
    ("zh", "市长辞职并离开了这座城市。", "zh", PARK),
    ("de", "Der Rat lehnte den Bau eines Schwimmbads ab.", "en", BRIDGE),
    ("de", "Die Arbeiten kosten 42 Millionen Euro und beginnen im Mai.", "en", BRIDGE),
    ("de", "Die Arbeiten beginnen im Juni.", "en", BRIDGE),
    ("es", "Hanna Ruiz dejó Polaris Labs después de doce años.", "en", LAB),
    ("es", "Hanna Ruiz se casó con un político.", "en", LAB),
    ("en", "Jana Peters counted 1,250 bee colonies in July.", "de", HIVES),
    ("en", "Winter storms destroyed the town hall.", "de", HIVES),
    ("en", "The ferry Aurora stopped sailing on 3 May 2024.", "es", FERRY),
    ("en", "The captain was arrested for smuggling.", "es", FERRY),
    ("de", "Ortega verließ Polaris Labs nach neun Jahren.", "en", LAB + " Ortega stayed at Brisa."),
    ("en", "Ortega left Polaris Labs after nine years.", "en", LAB + " Ortega stayed at Brisa."),
    ("de", "Peters fand im Labor Pestizide, Ruiz verkaufte den Honig.", "de", HIVES),
    ("fr", "Le maire a démissionné.", "en", BRIDGE),
    ("zh", "市长因腐败被捕。", "en", BRIDGE),
]  # fmt: skip
